package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.journal.JournalException;
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
 * readers that resume. One question to the journal, unless there are {@value #PAGE} of them.
 *
 * @param id in the journal; 0 while the room does not exist there
 */
record Loaded(String epoch, long id, Optional<Snapshot> snapshot, List<Entry> entries) {
  /** Entries of one query. */
  static final int PAGE = 1_000;

  /** Reads a room. Fails with a {@code JournalException} when the journal cannot be read. */
  static CompletableFuture<Loaded> from(Journal journal, RoomName name, Limits limits) {
    return journal
        .opening(name, limits.maxCatchUpEvents(), PAGE)
        .thenCompose(opening ->
            opening.entries().size() < PAGE
                ? CompletableFuture.completedFuture(of(opening, opening.entries()))
                : withTheRest(journal, name, opening, limits));
  }

  private static Loaded of(Opening opening, List<Entry> entries) {
    long id = opening.room().map(RoomHead::id).orElse(0L);
    Loaded loaded = new Loaded(opening.epoch(), id, opening.snapshot(), entries);
    loaded.checkGaps();
    return loaded;
  }

  /** All that is read must be of one life of the journal; if it is not, it is read again. */
  private static CompletableFuture<Loaded> withTheRest(
      Journal journal, RoomName name, Opening opening, Limits limits) {
    List<Entry> read = new ArrayList<>(opening.entries());
    long room = opening.room().map(RoomHead::id).orElseThrow();
    return readPages(journal, room, read.getLast().seq(), read)
        .thenCompose(all ->
            all.epoch().equals(opening.epoch())
                ? CompletableFuture.completedFuture(of(opening, all.entries()))
                : from(journal, name, limits));
  }

  /** Where old events were let go of while page after page was read, the rest says nothing. */
  private void checkGaps() {
    long covered = snapshot.map(Snapshot::seq).orElse(0L);
    long next = entries.isEmpty() ? 0 : Math.min(entries.getFirst().seq(), covered + 1);
    for (Entry entry : entries) {
      if (entry.seq() != next) {
        throw new JournalException("Events before " + entry.seq() + " are gone.");
      }
      next++;
    }
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
