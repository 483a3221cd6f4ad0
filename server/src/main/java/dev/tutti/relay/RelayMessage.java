package dev.tutti.relay;

import dev.tutti.protocol.EncodedEvent;
import java.util.List;
import java.util.Objects;

/**
 * What one instance tells the others of a room. A new kind is a record here and a line in {@link
 * MessageKind}; instances that do not know it yet ignore it. A record refuses what it cannot hold,
 * missing fields too, with an exception: it is made from what comes over the network.
 */
public sealed interface RelayMessage {
  /**
   * Events that are in the journal.
   *
   * @param epoch the journal's life that they belong to
   * @param events consecutive, at least one
   */
  record Events(String epoch, List<EncodedEvent> events) implements RelayMessage {
    /**
     * @throws IllegalArgumentException when there are none, or not consecutive
     */
    public Events {
      events = List.copyOf(events);
      if (events.isEmpty()) {
        throw new IllegalArgumentException("No events.");
      }
      for (int i = 1; i < events.size(); i++) {
        if (events.get(i).seq() != events.getFirst().seq() + i) {
          throw new IllegalArgumentException("Events that are not consecutive.");
        }
      }
    }
  }

  /**
   * The room's head is at least here, in this life of the journal: for events that are not told
   * themselves, because they are too large or too many.
   */
  record Head(String epoch, long seq) implements RelayMessage {
    public Head {
      Objects.requireNonNull(epoch, "epoch");
    }
  }
}
