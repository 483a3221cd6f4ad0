package dev.tutti.presence;

import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The signals of one tick: the latest of each member on each topic. */
public final class Signals {
  /** Signals of one tick; further ones are dropped, as any signal may be. */
  private static final int MAX_PER_TICK = 500;

  private record Place(String from, String topic) {}

  private final RoomName room;
  private final Map<Place, ServerMessage.Signal> latest = new LinkedHashMap<>();

  public Signals(RoomName room) {
    this.room = room;
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return latest.isEmpty();
  }

  /** A member says something in passing. */
  public void add(String from, String topic, ObjectNode data) {
    Place place = new Place(from, topic);
    if (latest.size() < MAX_PER_TICK || latest.containsKey(place)) {
      latest.put(place, new ServerMessage.Signal(null, from, topic, data));
    }
  }

  /** What was said since this was last asked, if anything. */
  public Optional<ServerMessage.Signals> take() {
    if (latest.isEmpty()) {
      return Optional.empty();
    }
    var message = new ServerMessage.Signals(room, List.copyOf(latest.values()));
    latest.clear();
    return Optional.of(message);
  }
}
