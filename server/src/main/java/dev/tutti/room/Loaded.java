package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.journal.Opening;
import dev.tutti.journal.Stretch;
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
    return journal
        .opening(name)
        .thenCompose(opening ->
            opening
                .room()
                .filter(room -> room.head() > 0)
                .map(room -> read(journal, opening, room, limits))
                .orElseGet(() -> CompletableFuture.completedFuture(nothingOf(opening))));
  }

  private static Loaded nothingOf(Opening opening) {
    long id = opening.room().map(RoomHead::id).orElse(0L);
    return new Loaded(opening.epoch(), id, Optional.empty(), List.of());
  }

  /** All that is read must be of one life of the journal; if it is not, it is read again. */
  private static CompletableFuture<Loaded> read(
      Journal journal, Opening opening, RoomHead room, Limits limits) {
    long covered = opening.snapshot().map(Snapshot::seq).orElse(0L);
    long from = Math.max(0, Math.min(covered, room.head() - limits.maxCatchUpEvents()));
    return readAll(journal, room.id(), from)
        .thenCompose(read ->
            read.epoch().equals(opening.epoch())
                ? CompletableFuture.completedFuture(
                    new Loaded(read.epoch(), room.id(), opening.snapshot(), read.entries()))
                : from(journal, room.name(), limits));
  }

  /** All entries behind {@code after}, page by page, with the epoch of the last page. */
  static CompletableFuture<Stretch> readAll(Journal journal, long room, long after) {
    return readPages(journal, room, after, new ArrayList<>());
  }

  private static CompletableFuture<Stretch> readPages(
      Journal journal, long room, long after, List<Entry> read) {
    return journal
        .stretch(room, after, PAGE)
        .thenCompose(page -> {
          read.addAll(page.entries());
          return page.entries().size() < PAGE
              ? CompletableFuture.completedFuture(new Stretch(page.epoch(), read))
              : readPages(journal, room, page.entries().getLast().seq(), read);
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
