package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.RoomName;
import dev.tutti.rules.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a room is loaded from: the latest snapshot and the events behind it, and some before it for
 * readers that resume.
 *
 * @param id in the journal; 0 while the room does not exist there
 */
record Loaded(String epoch, long id, Optional<Snapshot> snapshot, List<Entry> entries) {
  /** Entries of one query. */
  static final int PAGE = 1_000;

  /** Reads a room. Fails with a {@code JournalException} when the journal cannot be read. */
  static CompletableFuture<Loaded> from(Journal journal, RoomName name, Limits limits) {
    return journal.epoch().thenCompose(epoch -> in(epoch, journal, name, limits));
  }

  /** The epoch is asked for before and after, so that all that was read is of one life. */
  private static CompletableFuture<Loaded> in(
      String epoch, Journal journal, RoomName name, Limits limits) {
    return journal
        .find(name)
        .thenCompose(head ->
            head.isEmpty()
                ? CompletableFuture.completedFuture(
                    new Loaded(epoch, 0, Optional.empty(), List.of()))
                : read(journal, epoch, head.get(), limits))
        .thenCompose(loaded ->
            journal
                .epoch()
                .thenCompose(now ->
                    now.equals(epoch)
                        ? CompletableFuture.completedFuture(loaded)
                        : in(now, journal, name, limits)));
  }

  private static CompletableFuture<Loaded> read(
      Journal journal, String epoch, RoomHead head, Limits limits) {
    return journal
        .snapshot(head.id())
        .thenCompose(snapshot -> {
          long covered = snapshot.map(Snapshot::seq).orElse(0L);
          long from = Math.max(0, Math.min(covered, head.head() - limits.maxCatchUpEvents()));
          return readAll(journal, head.id(), from)
              .thenApply(entries -> new Loaded(epoch, head.id(), snapshot, entries));
        });
  }

  /** All entries behind {@code after}, page by page. */
  static CompletableFuture<List<Entry>> readAll(Journal journal, long room, long after) {
    return readPages(journal, room, after, new ArrayList<>());
  }

  private static CompletableFuture<List<Entry>> readPages(
      Journal journal, long room, long after, List<Entry> read) {
    return journal
        .readAfter(room, after, PAGE)
        .thenCompose(page -> {
          read.addAll(page);
          return page.size() < PAGE
              ? CompletableFuture.completedFuture(read)
              : readPages(journal, room, page.getLast().seq(), read);
        });
  }

  /** The room's state. */
  Replica replica(Limits limits) {
    Document document =
        snapshot.map(s -> Document.of(EncodedEvent.patch(s.document()))).orElse(Document.empty());
    Replica replica = new Replica(document, snapshot.map(Snapshot::seq).orElse(0L), limits);
    for (Entry entry : entries) {
      if (entry.seq() <= replica.seq()) {
        replica.keep(
            EncodedEvent.of(
                entry.seq(), entry.name(), entry.by(), entry.at(), entry.key(), entry.patch()));
        replica.remember(entry);
      } else {
        replica.apply(entry, EncodedEvent.patch(entry.patch()));
      }
    }
    return replica;
  }
}
