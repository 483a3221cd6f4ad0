package dev.tutti.room;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.rules.Document;
import dev.tutti.rules.Reversal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last events of a room, for readers that are a little behind, and the ways back from them, for
 * whoever takes a change back. Owned by the room's thread.
 */
final class Recent {
  /** Bytes of events, and again of ways back. What is older is let go. */
  private static final int MAX_BYTES = 1024 * 1024;

  /**
   * A document of a little while ago.
   *
   * @param back from the last event to the first of those that {@code head} holds beyond {@code
   *     seq}
   */
  record Earlier(long seq, Document head, List<Reversal> back) {
    /** The document after the event {@code seq}. Takes milliseconds; any thread. */
    Document document() {
      Document document = head;
      for (Reversal reversal : back) {
        document = reversal.before(document);
      }
      return document;
    }
  }

  private final int maxEvents;
  private final ArrayDeque<EncodedEvent> events = new ArrayDeque<>();
  private int eventBytes;

  /** Of the last events, without a gap; of fewer than {@code events} where those are not known. */
  private final ArrayDeque<Reversal> reversals = new ArrayDeque<>();

  private int reversalBytes;

  /**
   * @param maxEvents that are kept at most
   */
  Recent(int maxEvents) {
    this.maxEvents = maxEvents;
  }

  /** The next event has happened. */
  void add(Reversal reversal) {
    reversals.addLast(reversal);
    reversalBytes += reversal.bytes();
    keep(reversal.event());
    while (reversals.size() > events.size() || reversalBytes > MAX_BYTES) {
      reversalBytes -= reversals.removeFirst().bytes();
    }
  }

  /** Keeps an event from which no way back is known, while loading. */
  void keep(EncodedEvent event) {
    events.addLast(event);
    eventBytes += event.json().length;
    while (events.size() > maxEvents || eventBytes > MAX_BYTES) {
      eventBytes -= events.removeFirst().json().length;
    }
  }

  /** The events behind {@code after}, which is not beyond the last, if they are still at hand. */
  Optional<List<EncodedEvent>> since(long after) {
    if (events.isEmpty() || events.getFirst().seq() > after + 1) {
      return Optional.empty();
    }
    List<EncodedEvent> found = new ArrayList<>();
    for (EncodedEvent event : events) {
      if (event.seq() > after) {
        found.add(event);
      }
    }
    return Optional.of(found);
  }

  /** When the last event happened, if that is at hand. */
  Optional<Instant> changed() {
    return Optional.ofNullable(events.peekLast()).map(last -> last.event().at());
  }

  /** The way back from an event, if it is still known. */
  Optional<Reversal> reversal(long seq) {
    return reversals.stream().filter(reversal -> reversal.event().seq() == seq).findFirst();
  }

  /** The oldest {@code seq} to which the way back is known. */
  long earliest(long head) {
    return head - reversals.size();
  }

  /** The oldest document to which the way back is known. */
  Earlier earlier(long head, Document document) {
    return new Earlier(earliest(head), document, List.copyOf(reversals.reversed()));
  }
}
