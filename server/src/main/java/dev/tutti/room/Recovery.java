package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.KnownKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the journal says to a room that may have missed something.
 *
 * @param epoch the journal's life; all that was read is of it, or the room's life has ended
 * @param traces of the commands asked for
 * @param entries all that follow what the room held when it asked
 */
record Recovery(String epoch, Traces traces, List<Entry> entries) {
  /**
   * Reads what a room lacks. Fails with a {@code JournalException} when the journal cannot be read.
   *
   * @param after the last event that the room holds
   * @param commands that may have happened
   */
  static CompletableFuture<Recovery> from(
      Journal journal, long room, long after, List<Pending> commands) {
    // The epoch comes last: if it is still ours, then all that was read is of our life.
    return Traces.of(journal, room, commands)
        .thenCompose(traces ->
            Loaded.readAll(journal, room, after)
                .thenApply(read -> {
                  List<Entry> entries = read.entries();
                  return new Recovery(read.epoch(), traces.and(entries, commands), entries);
                }));
  }

  /** Whether there is something that does not follow {@code seq}: what was before it is gone. */
  boolean isCutOff(long seq) {
    return !entries.isEmpty() && entries.getLast().seq() > seq;
  }

  /** The last event among the known keys; 0 if there is none. */
  long lastKnown() {
    return traces.known().values().stream().mapToLong(KnownKey::seq).max().orElse(0);
  }
}
