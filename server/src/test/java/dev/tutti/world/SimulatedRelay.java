package dev.tutti.world;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.RoomName;
import dev.tutti.relay.Relay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What lies between the instances: drops, repeats and delays as the weather says. */
final class SimulatedRelay {
  private final World world;
  private final List<Port> ports = new ArrayList<>();
  private boolean up = true;

  SimulatedRelay(World world) {
    this.world = world;
  }

  void down() {
    up = false;
  }

  void up() {
    up = true;
  }

  /** An instance's end of the relay. */
  Port connect() {
    Port port = new Port();
    ports.add(port);
    return port;
  }

  /** An instance's end of the relay; once closed it hears and says nothing. */
  final class Port implements Relay {
    private final Map<RoomName, Receiver> receivers = new HashMap<>();

    @Override
    public void publish(RoomName room, String epoch, List<EncodedEvent> events) {
      if (!ports.contains(this)) {
        return;
      }
      Schedule schedule = world.schedule();
      Weather weather = world.weather();
      for (Port to : List.copyOf(ports)) {
        if (to == this) {
          continue;
        }
        int copies = schedule.chance(weather.repeated()) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
          if (up && !schedule.chance(weather.dropped())) {
            boolean late = schedule.chance(weather.delayed());
            long micros = late ? schedule.micros(1_000, 200_000) : schedule.micros(100, 1_000);
            schedule.after(micros, () -> to.receive(room, epoch, events));
          }
        }
      }
    }

    private void receive(RoomName room, String epoch, List<EncodedEvent> events) {
      Receiver receiver = receivers.get(room);
      if (receiver != null && ports.contains(this)) {
        // As from a network: other objects with the same bytes.
        List<EncodedEvent> copies =
            events.stream().map(e -> EncodedEvent.of(e.seq(), e.json())).toList();
        receiver.received(epoch, copies);
      }
    }

    @Override
    public void open(RoomName room, Receiver receiver) {
      receivers.put(room, receiver);
    }

    @Override
    public void close(RoomName room) {
      receivers.remove(room);
    }

    @Override
    public void close() {
      ports.remove(this);
    }
  }
}
