package dev.tutti.world;

import dev.tutti.probe.Promise;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.RoomName;
import dev.tutti.relay.Delivery;
import dev.tutti.relay.InstanceId;
import dev.tutti.relay.Relay;
import dev.tutti.relay.RelayCodec;
import dev.tutti.relay.RelayMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What lies between the instances: drops, repeats and delays as the weather says, may be split, and
 * carries what a stranger makes up.
 */
final class SimulatedRelay {
  private final World world;
  private final List<Port> ports = new ArrayList<>();
  private final boolean believesAnybody;
  private boolean up = true;

  SimulatedRelay(World world, boolean believesAnybody) {
    this.world = world;
    this.believesAnybody = believesAnybody;
  }

  /** Some instances do not hear the others any more, and nobody is told. */
  void split() {
    ports.forEach(port -> port.side = world.schedule().random().nextBoolean());
  }

  /** All hear each other again. */
  void mend() {
    ports.forEach(port -> port.side = false);
  }

  void down() {
    if (up) {
      up = false;
      List.copyOf(ports).forEach(Port::changed);
    }
  }

  void up() {
    if (!up) {
      up = true;
      List.copyOf(ports).forEach(Port::changed);
    }
  }

  /** An instance's end of the relay. */
  Port connect() {
    Port port = new Port();
    ports.add(port);
    return port;
  }

  /** An instance's end of the relay; once closed it hears and says nothing. */
  final class Port implements Relay {
    private record Open(Executor home, Receiver receiver, CompletableFuture<Void> opened) {}

    private final Map<RoomName, Open> rooms = new HashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final InstanceId instance =
        new InstanceId(
            new UUID(world.schedule().random().nextLong(), world.schedule().random().nextLong()));
    private final Map<Port, Long> lastArrival = new HashMap<>();
    private long number;

    /** Those on one side of a split hear only each other. */
    private boolean side;

    @Override
    public InstanceId instance() {
      return instance;
    }

    @Override
    public void publish(RoomName room, RelayMessage message) {
      if (!ports.contains(this)) {
        return;
      }
      number++;
      // As over a network: other objects with the same bytes.
      byte[] bytes = RelayCodec.encode(message);
      long sent = number;
      for (Port to : List.copyOf(ports)) {
        if (to != this) {
          send(to, room, bytes, sent);
          if (message instanceof RelayMessage.Events events
              && world.schedule().chance(world.weather().forged())) {
            forge(to, room, events);
          }
        }
      }
    }

    /** Somebody who reads along tells of an event that never happened. */
    private void forge(Port to, RoomName room, RelayMessage.Events seen) {
      Schedule schedule = world.schedule();
      UUID key = new UUID(schedule.random().nextLong(), schedule.random().nextLong());
      EncodedEvent never =
          EncodedEvent.of(
              seen.events().getLast().seq() + 1,
              "tally.added",
              "mallory",
              schedule.clock(0).instant(),
              key,
              "{}");
      byte[] bytes = RelayCodec.encode(new RelayMessage.Events(seen.epoch(), List.of(never)));
      if (believesAnybody) {
        schedule.after(
            schedule.micros(100, 2_000), () -> to.receive(room, instance, number + 1, bytes));
      }
    }

    private void send(Port to, RoomName room, byte[] bytes, long sent) {
      Schedule schedule = world.schedule();
      Weather weather = world.weather();
      int copies = schedule.chance(weather.repeated()) ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        if (up && to.side == side && !schedule.chance(weather.dropped())) {
          boolean late = schedule.chance(weather.delayed());
          long micros = late ? schedule.micros(1_000, 200_000) : schedule.micros(100, 1_000);
          long at = schedule.nowMicros() + micros;
          if (!late) {
            // One connection carries them in order.
            at = Math.max(at, lastArrival.getOrDefault(to, 0L));
            lastArrival.put(to, at);
          }
          schedule.at(at, () -> to.receive(room, instance, sent, bytes));
        }
      }
    }

    private void receive(RoomName room, InstanceId from, long sent, byte[] bytes) {
      Open open = rooms.get(room);
      if (open == null || !open.opened().isDone() || !ports.contains(this)) {
        return;
      }
      switch (RelayCodec.decode(ByteBuffer.wrap(bytes))) {
        case RelayCodec.Read.Message(RelayMessage message) ->
            open.home().execute(() -> open.receiver().received(new Delivery(from, sent, message)));
        case RelayCodec.Read.Unknown(), RelayCodec.Read.Malformed() ->
            throw new Broken(Promise.NOTHING_THROWS, "A message of the relay that cannot be read");
      }
    }

    @Override
    public CompletableFuture<Void> open(RoomName room, Executor home, Receiver receiver) {
      CompletableFuture<Void> opened = new CompletableFuture<>();
      Open open = new Open(home, receiver, opened);
      rooms.put(room, open);
      long micros = up ? world.schedule().micros(100, 1_000) : 0;
      world.schedule().after(micros, () -> opened.complete(null));
      return opened;
    }

    @Override
    public void close(RoomName room) {
      rooms.remove(room);
    }

    @Override
    public boolean connected() {
      return up;
    }

    @Override
    public void onChange(Listener listener) {
      listeners.add(listener);
    }

    private void changed() {
      boolean now = up;
      world
          .schedule()
          .after(
              world.schedule().micros(100, 10_000),
              () -> listeners.forEach(listener -> listener.changed(now)));
    }

    @Override
    public void close() {
      ports.remove(this);
    }
  }
}
