package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.EntityName;
import dev.tutti.protocol.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads pages of past events. One entry more than asked for tells whether there is more. */
final class Pages {
  /**
   * Events that one page looks at for those of one entity: PostgreSQL reads a few hundred of the
   * usual ones in a millisecond, of the largest far fewer.
   */
  private static final long MAX_EXAMINED = 5_000;

  private Pages() {}

  /**
   * Completes normally, always, on any thread.
   *
   * @param head the room's last event, as far as it is known here
   */
  static CompletableFuture<Page> read(
      Journal journal, long room, long head, ClientMessage.History history, int limit) {
    Long after = history.after();
    EntityName entity = history.entity();
    if (entity != null) {
      return safe(touching(journal, room, head, history, entity, limit));
    }
    return safe(
        after != null
            ? journal.readAfter(room, after, limit + 1).thenApply(found -> first(found, limit))
            : journal
                .readBefore(room, before(history), limit + 1)
                .thenApply(found -> last(found, limit)));
  }

  /** A page looks at so many events, found or not: what a question may cost is bounded. */
  private static CompletableFuture<Page> touching(
      Journal journal,
      long room,
      long head,
      ClientMessage.History history,
      EntityName entity,
      int limit) {
    long before = Math.min(before(history), head + 1);
    long from = Math.max(1, before - MAX_EXAMINED);
    return journal
        .readTouching(room, entity, from, before, limit)
        .thenCompose(found -> {
          long reached = found.size() == limit ? found.getFirst().seq() : from;
          return isBeginning(journal, room, reached)
              .thenApply(end -> new Page.Read(events(found), !end, Optional.of(reached)));
        });
  }

  /** Whether there is nothing before {@code seq}: a room may have let go of it. */
  private static CompletableFuture<Boolean> isBeginning(Journal journal, long room, long seq) {
    return seq <= 1
        ? CompletableFuture.completedFuture(true)
        : journal.readBefore(room, seq, 1).thenApply(List::isEmpty);
  }

  private static CompletableFuture<Page> safe(CompletableFuture<Page> page) {
    return page.exceptionally(failure ->
        new Page.Refused(
            new Outcome.Refused(
                Code.UNAVAILABLE, "The journal cannot be read now. Ask again in a moment.")));
  }

  private static long before(ClientMessage.History history) {
    Long before = history.before();
    return before == null ? Long.MAX_VALUE : before;
  }

  private static Page first(List<Entry> found, int limit) {
    boolean more = found.size() > limit;
    return new Page.Read(events(more ? found.subList(0, limit) : found), more);
  }

  private static Page last(List<Entry> found, int limit) {
    boolean more = found.size() > limit;
    return new Page.Read(events(more ? found.subList(1, found.size()) : found), more);
  }

  private static List<Event> events(List<Entry> entries) {
    return entries.stream()
        .map(e ->
            new Event(e.seq(), e.name(), e.by(), e.at(), e.key(), EncodedEvent.patch(e.patch())))
        .toList();
  }
}
