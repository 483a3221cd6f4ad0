package dev.tutti.relay;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.RoomName;
import java.util.List;

/**
 * Tells the other instances what was committed. Best effort: a message may be lost, repeated or
 * reordered, and publishing never blocks and never fails.
 */
public interface Relay extends AutoCloseable {
  /** Tells the other instances of consecutive events. Any thread. */
  void publish(RoomName room, String epoch, List<EncodedEvent> events);

  /** Starts to receive a room's events from other instances, replacing an earlier receiver. */
  void open(RoomName room, Receiver receiver);

  /** Stops to receive a room's events. */
  void close(RoomName room);

  @Override
  void close();

  /** Takes what other instances published. Called on any thread; must not block. */
  interface Receiver {
    void received(String epoch, List<EncodedEvent> events);
  }
}
