package dev.tutti.room;

import java.util.concurrent.CompletableFuture;

/** When a room's snapshots are written. Owned by the room's thread. */
final class Snapshots {
  private final SnapshotWriter writer;
  private final int everyEvents;

  /** The {@code seq} of the last snapshot that was begun. */
  private long seq;

  Snapshots(SnapshotWriter writer, int everyEvents) {
    this.writer = writer;
    this.everyEvents = everyEvents;
  }

  /** The room was loaded from this. */
  void loaded(Loaded loaded) {
    seq = loaded.snapshot().map(snapshot -> snapshot.seq()).orElse(0L);
  }

  /** Begins one if enough has happened since the last. */
  void writeIfDue(Confirmed held) {
    if (held.seq() - seq >= everyEvents) {
      write(held);
    }
  }

  /** The last one, when the room is let go. Completes normally, even when it could not be kept. */
  CompletableFuture<Void> writeLast(Confirmed held) {
    return held.id() != 0 && held.seq() > seq
        ? write(held)
        : CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> write(Confirmed held) {
    seq = held.seq();
    return writer.save(held.epoch(), held.id(), seq, held.replica().document());
  }
}
