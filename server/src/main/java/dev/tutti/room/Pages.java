package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads pages of past events. One entry more than asked for tells whether there is more. */
final class Pages {
  private Pages() {}

  /** Completes normally, always, on any thread. */
  static CompletableFuture<Page> read(
      Journal journal, long room, ClientMessage.History history, int limit) {
    Long after = history.after();
    CompletableFuture<Page> page =
        after != null
            ? journal.readAfter(room, after, limit + 1).thenApply(found -> first(found, limit))
            : journal
                .readBefore(room, before(history), limit + 1)
                .thenApply(found -> last(found, limit));
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
