package dev.tutti.world;

import dev.tutti.auth.Admission;
import dev.tutti.measure.Count;
import dev.tutti.protocol.Limits;
import dev.tutti.room.RoomContext;
import dev.tutti.room.RoomSettings;
import dev.tutti.room.Rooms;
import dev.tutti.room.SnapshotWriter;
import dev.tutti.session.SessionContext;
import dev.tutti.session.Sessions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One server process: production code on simulated loops, with faulty ports. */
final class Instance {
  private static final int LOOPS = 2;

  /** Between two comparisons while the relay is connected. */
  private static final long HEAL_MICROS = 600_000;

  private static final int RETURNS_PER_SECOND = 1_000;
  private static final long LEAVING_LIMIT_MICROS = 3_000_000;

  private final World world;
  private final List<SimulatedLoop> loops = new ArrayList<>();
  private final List<Wire> wires = new ArrayList<>();
  private final FaultyJournal journal;
  private final SimulatedRelay.Port relay;
  private final Count accidents;
  private final Rooms rooms;
  private final Sessions sessions;
  private long comparedMicros;
  private boolean comparesNow;
  private boolean leaving;
  private boolean dead;

  Instance(World world, Setup setup) {
    this.world = world;
    for (int i = 0; i < LOOPS; i++) {
      loops.add(new SimulatedLoop(world));
    }
    Schedule schedule = world.schedule();
    InstantSource clock = schedule.clock(schedule.micros(-50_000, 50_000));
    journal = setup.faults().journal(world);
    relay = world.relay().connect();
    relay.onChange(connected -> comparesNow = connected);
    SimulatedLoop background = new SimulatedLoop(world);
    loops.add(background);
    RoomSettings settings = setup.settings();
    RoomContext context =
        new RoomContext(
            journal,
            relay,
            new SnapshotWriter(journal, background),
            settings,
            clock,
            schedule.random());
    accidents = context.counts().accidents();
    rooms = setup.faults().rooms(world.rulesets(), context, List.copyOf(loops.subList(0, LOOPS)));
    Limits limits = settings.limits();
    sessions =
        new Sessions(
            new SessionContext(
                rooms, new Admission(world.tokens(), Optional.empty()), limits, clock, "world"),
            world.codecs(),
            SimulatedFrame::of,
            schedule.random());
  }

  Wire open(Client client) {
    SimulatedLoop loop = loops.get(world.schedule().random().nextInt(LOOPS));
    Wire wire = new Wire(world, loop, sessions, client);
    wires.add(wire);
    return wire;
  }

  /** Time passes: the rooms are compared with the journal as often as a server does it. */
  void heal() {
    long now = world.schedule().nowMicros();
    if (!dead && (!relay.connected() || comparesNow || now - comparedMicros >= HEAL_MICROS)) {
      comparesNow = false;
      comparedMicros = now;
      var unused = rooms.heal();
    }
  }

  void sweep() {
    if (!dead) {
      rooms.sweep();
    }
  }

  /** The process is killed: all that it knew is gone, and its sockets with it. */
  void crash() {
    if (dead) {
      return;
    }
    dead = true;
    loops.forEach(SimulatedLoop::die);
    journal.die();
    relay.close();
    wires.forEach(Wire::cut);
  }

  /** The process is told to end: it answers what it took, says good-bye, and is gone. */
  void leave() {
    leaving = true;
    var unused =
        sessions
            .goodbye(RETURNS_PER_SECOND)
            .thenCompose(gone -> rooms.settle())
            .thenCompose(settled -> rooms.close())
            .thenRun(this::crash);
    world.schedule().after(LEAVING_LIMIT_MICROS, this::crash);
  }

  /** Whether it takes connections. */
  boolean isOpen() {
    return !dead && !leaving;
  }

  boolean isDead() {
    return dead;
  }

  FaultyJournal journal() {
    return journal;
  }

  /** Times that a room stumbled over an answer of the journal. */
  long accidents() {
    return accidents.total();
  }

  long journalCalls() {
    return journal.calls();
  }
}
