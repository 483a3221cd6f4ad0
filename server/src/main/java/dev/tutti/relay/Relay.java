package dev.tutti.relay;

import dev.tutti.protocol.RoomName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Tells the other instances what happens in a room. Best effort: a message may be lost, repeated or
 * reordered. Nothing here blocks, and nothing fails. Safe on any thread.
 */
public interface Relay extends AutoCloseable {
  /** This instance, as the others know it. Nobody receives their own messages. */
  InstanceId instance();

  /** Tells the other instances that have the room open. Dropped where that cannot be done now. */
  void publish(RoomName room, RelayMessage message);

  /**
   * Starts to receive what the others tell of a room, replacing an earlier receiver.
   *
   * @param home where the receiver is called, in the order of arrival
   * @return complete, on any thread, when the room will receive what is published from then on, or
   *     when it is known that the relay is not {@link #connected} and a comparison with the journal
   *     will follow; never fails
   */
  CompletableFuture<Void> open(RoomName room, Executor home, Receiver receiver);

  /** Stops to receive. What is on its way to the receiver's home may still come. */
  void close(RoomName room);

  /**
   * Whether what others publish is expected to arrive here. While it is not, rooms find out from
   * the journal.
   */
  boolean connected();

  /**
   * Calls {@code listener} on any thread after each change of {@link #connected}. What was
   * published before the change to {@code true} may be lost.
   */
  void onChange(Listener listener);

  @Override
  void close();

  /** Takes what other instances published. */
  interface Receiver {
    /** A message has come. On the home. */
    void received(Delivery delivery);
  }

  /** Hears of the connection. */
  interface Listener {
    void changed(boolean connected);
  }
}
