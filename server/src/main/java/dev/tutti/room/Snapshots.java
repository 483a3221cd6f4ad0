package dev.tutti.room;

import java.util.concurrent.CompletableFuture;

/**
 * When a room's snapshots are written. They are of the document of a little while ago, the oldest
 * to which the way back is known: whoever loads one and applies the events behind it, which are
 * read for catch-ups anyway, knows the way back too. Owned by the room's thread.
 */
final class Snapshots {
  private final SnapshotWriter writer;
  private final int everyEvents;
  private final Trimming trimming;

  /** The {@code seq} of the last snapshot that was begun. */
  private long seq;

  Snapshots(SnapshotWriter writer, int everyEvents, Trimming trimming) {
    this.writer = writer;
    this.everyEvents = everyEvents;
    this.trimming = trimming;
  }

  /** The room was loaded from this. */
  void loaded(Loaded loaded) {
    seq = loaded.snapshot().map(snapshot -> snapshot.seq()).orElse(0L);
  }

  /** Begins one if enough has happened since the last. */
  void writeIfDue(Confirmed held) {
    if (held.replica().earliest() - seq >= everyEvents) {
      write(held);
    }
  }

  /** The last one, when the room is let go. Completes normally, even when it could not be kept. */
  CompletableFuture<Void> writeLast(Confirmed held) {
    return held.id() != 0 && held.replica().earliest() > seq
        ? write(held)
        : CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> write(Confirmed held) {
    Recent.Earlier earlier = held.replica().earlier();
    seq = earlier.seq();
    String epoch = held.epoch();
    long id = held.id();
    return writer.save(epoch, id, earlier).thenCompose(kept -> trimming.trim(epoch, id));
  }
}
