package dev.tutti.world;

import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A few seconds in which anything may happen, chosen by a seed; then calm, and the promises. */
final class Storm {
  private static final List<String> NAMES = List.of("ana", "bo", "cy", "di", "eve");
  private static final List<Role> ROLES =
      List.of(Role.OWNER, Role.EDITOR, Role.EDITOR, Role.OWNER, Role.VIEWER);

  private static final Complaints COMPLAINTS = Complaints.heard();

  private final World world;
  private final Schedule schedule;
  private final RandomGenerator random;
  private final Commands commands;
  private final List<Client> clients = new ArrayList<>();
  private final List<RoomName> rooms = new ArrayList<>();
  private final boolean crashes;
  private final boolean failsOver;
  private final long lengthMicros;

  private Storm(long seed, Faults faults) {
    schedule = new Schedule(seed);
    random = schedule.random();
    world = new World(schedule, Setup.any(random, faults), 1 + random.nextInt(3));
    commands = new Commands(random);
    crashes = random.nextBoolean();
    failsOver = random.nextInt(5) == 0;
    lengthMicros = schedule.micros(300_000, 1_600_000);
    rooms.add(new RoomName("tally:sum"));
    if (random.nextBoolean()) {
      rooms.add(new RoomName("board:demo"));
    }
  }

  /**
   * Runs one seed.
   *
   * @throws Broken when a promise was
   */
  static void of(long seed, Faults faults) {
    new Storm(seed, faults).run();
  }

  /** What happened in a seed up to its end, or to the promise that it breaks. */
  static String trace(long seed, Faults faults) {
    Storm storm = new Storm(seed, faults);
    storm.world.keepTrace();
    try {
      storm.run();
      return storm.world.trace() + "\nNo promise is broken.";
    } catch (RuntimeException | Broken broken) {
      return storm.world.trace() + "\n" + broken.getMessage();
    }
  }

  private void run() {
    int people = 2 + random.nextInt(NAMES.size() - 1);
    for (int i = 0; i < people; i++) {
      Client client = world.client(NAMES.get(i), ROLES.get(i));
      clients.add(client);
      rooms.forEach(client::subscribe);
      world.connectAnywhere(client);
      schedule.after(schedule.micros(1_000, 100_000), () -> act(client));
    }
    world.weather(Weather.any(random));
    trouble();
    schedule.run(lengthMicros);
    calm();
    world.runUntilQuiet();
    world.staysSilent();
    COMPLAINTS.check();
  }

  private boolean over() {
    return schedule.nowMicros() >= lengthMicros;
  }

  /** One person does something, and then something else. */
  private void act(Client client) {
    if (over()) {
      return;
    }
    RoomName room = rooms.get(random.nextInt(rooms.size()));
    switch (random.nextInt(36)) {
      case 0 -> {
        client.disconnect();
        world.lost(client);
      }
      case 1 -> client.stall(schedule.micros(10_000, 800_000));
      case 2 -> client.unsubscribe(room);
      case 3 -> client.subscribe(room);
      case 4 -> reuse(client, room);
      case 5 -> {
        for (int i = 0; i < 8; i++) {
          client.send(commands.any(room, client.key(), NAMES));
        }
      }
      case 6 -> client.present(room);
      case 7, 8, 9, 10, 11 -> client.signal(room);
      default -> client.send(commands.any(room, client.key(), NAMES));
    }
    schedule.after(schedule.micros(1_000, 150_000), () -> act(client));
  }

  /** A client that chooses its keys badly. */
  private void reuse(Client client, RoomName room) {
    if (!client.commands().isEmpty()) {
      Sent old = client.commands().get(random.nextInt(client.commands().size()));
      client.send(commands.any(room, old.key(), NAMES));
    }
  }

  /** One thing happens to the fleet, and then another. */
  private void trouble() {
    schedule.after(
        schedule.micros(30_000, 350_000),
        () -> {
          if (over()) {
            return;
          }
          letGo();
          switch (random.nextInt(6)) {
            case 0 -> world.relay().down();
            case 1 -> world.relay().up();
            case 2 -> crash();
            case 3 -> world.relay().split();
            case 4 -> world.relay().mend();
            default -> failOver();
          }
          trouble();
        });
  }

  /** Whoever stood still for long enough finds nothing of what it lacks. */
  private void letGo() {
    if (world.setup().retention().letsGo()) {
      world.database().letGo(rooms.getFirst(), world.setup().retention().age());
    }
  }

  private void crash() {
    int number = random.nextInt(world.instances().size());
    if (crashes && world.instances().get(number).isOpen()) {
      if (random.nextBoolean()) {
        world.crash(number);
      } else {
        world.leave(number);
      }
      schedule.after(schedule.micros(10_000, 500_000), () -> world.restart(number));
    }
  }

  private void failOver() {
    if (failsOver && world.database().life() < 3) {
      world.trace("failover");
      world.database().failOver(3);
    }
  }

  private void calm() {
    world.relay().up();
    world.relay().mend();
    for (Client client : clients) {
      if (!client.connected()) {
        world.lost(client);
      }
      rooms.forEach(client::subscribe);
    }
    world.weather(Weather.CALM);
    world.run(Duration.ofSeconds(1));
  }
}
