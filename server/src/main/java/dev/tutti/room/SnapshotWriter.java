package dev.tutti.room;

import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.journal.JournalException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps snapshots, behind the events they cover: they only spare reading, so one that fails is
 * missed by nobody. Documents are encoded on {@code background}, because a large one takes longer
 * than an event loop may be held.
 */
public final class SnapshotWriter {
  private static final Logger log = LoggerFactory.getLogger(SnapshotWriter.class);

  private final Journal journal;
  private final Executor background;

  /** Writes to {@code journal}, encoding on {@code background}. */
  public SnapshotWriter(Journal journal, Executor background) {
    this.journal = journal;
    this.background = background;
  }

  /** Where whatever takes longer than an event loop may be held is done. */
  Executor background() {
    return background;
  }

  /** Completes normally, when the snapshot is kept or has failed. */
  CompletableFuture<Void> save(String epoch, long room, Recent.Earlier earlier) {
    long seq = earlier.seq();
    return CompletableFuture.supplyAsync(
            () -> new Snapshot(seq, earlier.document().toJson().toString()), background)
        .thenCompose(snapshot -> journal.save(epoch, room, snapshot))
        .exceptionally(failure -> {
          boolean unreachable = failure.getCause() instanceof JournalException;
          Level level = unreachable ? Level.DEBUG : Level.WARN; // An outage is told of once.
          log.atLevel(level).log("No snapshot of room {} at {}: {}", room, seq, failure.toString());
          return null;
        });
  }
}
