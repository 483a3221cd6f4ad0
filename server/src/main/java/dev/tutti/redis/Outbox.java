package dev.tutti.redis;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.relay.RelayCodec;
import dev.tutti.relay.RelayMessage;
import dev.tutti.relay.RelayMessage.Events;
import dev.tutti.relay.RelayMessage.Head;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * What waits to be published on one connection. At rest a message leaves at once; while {@value
 * #MAX_IN_FLIGHT} publishes are in flight messages wait, and become fewer ({@link Conflation}).
 * Room by room, in the order in which rooms began to wait; the messages of a room stay in order,
 * but for presence and signals. Safe on any thread, and never blocks.
 *
 * <p>Beyond {@value #MAX_ROOM_BYTES} of a room, its events are replaced by the number of the last:
 * the others read them from the journal.
 */
final class Outbox {
  static final int MAX_IN_FLIGHT = 8;

  /** The body of one message. A single event over it is told by its number alone. */
  static final int MAX_MESSAGE_BYTES = 256 * 1024;

  static final int MAX_ROOM_BYTES = 1024 * 1024;

  /** Rooms that may wait; the messages of one more are dropped. */
  static final int MAX_ROOMS = 20_000;

  /** What waits in all rooms, in bytes; beyond it a room keeps numbers only. */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  /** Messages of one room that cannot be made one; one more is dropped. */
  static final int MAX_ROOM_MESSAGES = 64;

  private static final int EVENT_OVERHEAD_BYTES = 4;
  private static final int HEAD_BYTES = 64;

  /** Sends one message; the stage is complete when Redis has it. */
  interface Wire {
    CompletionStage<?> send(String channel, byte[] body);
  }

  private record Waiting(RelayMessage message, int bytes) {}

  private static final class Queue {
    final List<Waiting> messages = new ArrayList<>();
    int bytes;
  }

  private final Wire wire;
  private final Executor thread;
  private final RelayCounts counts;

  // Guarded by this.
  private final Map<String, Queue> rooms = new LinkedHashMap<>();
  private int inFlight;
  private int bytes;
  private boolean closed;

  /**
   * @param thread where the next message is sent when one is through: not the connection's own,
   *     which would overtake what other threads have handed to it
   */
  Outbox(Wire wire, Executor thread, RelayCounts counts) {
    this.wire = wire;
    this.thread = thread;
    this.counts = counts;
  }

  synchronized void offer(String channel, RelayMessage message) {
    if (closed) {
      counts.unpublished().increment();
    } else if (message instanceof Events events && sizeOf(events) > MAX_MESSAGE_BYTES) {
      split(events).forEach(piece -> place(channel, piece));
    } else {
      place(channel, message);
    }
  }

  private void place(String channel, RelayMessage message) {
    if (inFlight < MAX_IN_FLIGHT && rooms.isEmpty()) {
      send(channel, message);
    } else {
      gather(channel, message);
    }
  }

  private void send(String channel, RelayMessage message) {
    byte[] body = RelayCodec.encode(message);
    if (body.length > MAX_MESSAGE_BYTES + HEAD_BYTES + EVENT_OVERHEAD_BYTES) {
      counts.unpublished().increment();
      return;
    }
    inFlight++;
    wire.send(channel, body)
        .whenComplete((done, failure) -> thread.execute(() -> sent(failure == null)));
  }

  private synchronized void sent(boolean well) {
    (well ? counts.published() : counts.unpublished()).increment();
    inFlight--;
    while (!closed && inFlight < MAX_IN_FLIGHT && !rooms.isEmpty()) {
      sendNext();
    }
  }

  private void sendNext() {
    var first = rooms.entrySet().iterator();
    Map.Entry<String, Queue> next = first.next();
    first.remove();
    Queue queue = next.getValue();
    Waiting waiting = queue.messages.removeFirst();
    remove(queue, waiting);
    if (!queue.messages.isEmpty()) {
      rooms.put(next.getKey(), queue);
    }
    send(next.getKey(), waiting.message());
  }

  private void gather(String channel, RelayMessage message) {
    Queue queue = rooms.get(channel);
    if (queue == null) {
      if (rooms.size() >= MAX_ROOMS) {
        counts.unpublished().increment();
        return;
      }
      queue = new Queue();
      rooms.put(channel, queue);
    }
    if (!joins(queue, message)) {
      if (queue.messages.size() >= MAX_ROOM_MESSAGES) {
        counts.unpublished().increment();
      } else {
        add(queue, queue.messages.size(), message);
      }
    }
    if (queue.bytes > MAX_ROOM_BYTES || bytes > MAX_BYTES) {
      shorten(queue);
    }
  }

  /** Where the message waits that this one could become one with; negative if none does. */
  private static int partner(Queue queue, RelayMessage message) {
    int place = queue.messages.size() - 1;
    while (place >= 0
        && Conflation.overtakes(message)
        && queue.messages.get(place).message().getClass() != message.getClass()) {
      place--;
    }
    return place;
  }

  /** Makes one message of this and one that waits, if that can be; it keeps the other's place. */
  private boolean joins(Queue queue, RelayMessage message) {
    int place = partner(queue, message);
    if (place < 0) {
      return false;
    }
    Optional<RelayMessage> both =
        Conflation.of(queue.messages.get(place).message(), message)
            .filter(one -> sizeOf(one) <= MAX_MESSAGE_BYTES);
    both.ifPresent(one -> {
      remove(queue, queue.messages.remove(place));
      add(queue, place, one);
    });
    return both.isPresent();
  }

  private void add(Queue queue, int place, RelayMessage message) {
    Waiting waiting = new Waiting(message, sizeOf(message));
    queue.messages.add(place, waiting);
    queue.bytes += waiting.bytes();
    bytes += waiting.bytes();
  }

  private void remove(Queue queue, Waiting waiting) {
    queue.bytes -= waiting.bytes();
    bytes -= waiting.bytes();
  }

  /** Keeps of the events their last numbers. */
  private void shorten(Queue queue) {
    List<Waiting> all = List.copyOf(queue.messages);
    queue.messages.clear();
    bytes -= queue.bytes;
    queue.bytes = 0;
    for (Waiting waiting : all) {
      RelayMessage message = waiting.message();
      RelayMessage kept = message instanceof Events events ? headOf(events) : message;
      add(queue, queue.messages.size(), kept);
    }
  }

  private static List<RelayMessage> split(Events events) {
    List<RelayMessage> pieces = new ArrayList<>();
    List<EncodedEvent> piece = new ArrayList<>();
    int size = 0;
    for (EncodedEvent event : events.events()) {
      int more = event.json().length + EVENT_OVERHEAD_BYTES;
      if (!piece.isEmpty() && size + more > MAX_MESSAGE_BYTES) {
        pieces.add(pieceOf(events.epoch(), piece));
        piece = new ArrayList<>();
        size = 0;
      }
      piece.add(event);
      size += more;
    }
    pieces.add(pieceOf(events.epoch(), piece));
    return pieces;
  }

  private static RelayMessage pieceOf(String epoch, List<EncodedEvent> events) {
    Events piece = new Events(epoch, events);
    return sizeOf(piece) > MAX_MESSAGE_BYTES ? headOf(piece) : piece;
  }

  private static Head headOf(Events events) {
    return new Head(events.epoch(), events.events().getLast().seq());
  }

  private static int sizeOf(RelayMessage message) {
    return switch (message) {
      case Events(String epoch, List<EncodedEvent> events) ->
          events.stream().mapToInt(event -> event.json().length + EVENT_OVERHEAD_BYTES).sum();
      case Head head -> HEAD_BYTES;
      default -> RelayCodec.encode(message).length;
    };
  }

  /** What waits, in bytes. */
  synchronized int waitingBytes() {
    return bytes;
  }

  /** Drops what waits, and all that comes. */
  synchronized void close() {
    closed = true;
    rooms.values().forEach(queue -> counts.unpublished().add(queue.messages.size()));
    rooms.clear();
    bytes = 0;
  }
}
