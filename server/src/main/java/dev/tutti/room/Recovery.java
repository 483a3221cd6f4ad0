package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.KnownKey;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What the journal says to a room that may have missed something.
 *
 * @param epoch the journal's life; all that was read is of it, or the room's life has ended
 * @param known those of the keys asked for that happened
 * @param entries all that follow what the room held when it asked
 */
record Recovery(String epoch, Map<UUID, KnownKey> known, List<Entry> entries) {
  /**
   * Reads what a room lacks. Fails with a {@code JournalException} when the journal cannot be read.
   *
   * @param after the last event that the room holds
   * @param keys of commands that may have happened
   */
  static CompletableFuture<Recovery> from(Journal journal, long room, long after, List<UUID> keys) {
    CompletableFuture<Map<UUID, KnownKey>> known =
        keys.isEmpty() ? CompletableFuture.completedFuture(Map.of()) : journal.known(room, keys);
    // The epoch comes last: if it is still ours, then all that was read is of our life.
    return known.thenCompose(keysKnown ->
        Loaded.readAll(journal, room, after)
            .thenApply(read -> new Recovery(read.epoch(), keysKnown, read.entries())));
  }

  /** Whether there is something that does not follow {@code seq}: what was before it is gone. */
  boolean isCutOff(long seq) {
    return !entries.isEmpty() && entries.getLast().seq() > seq;
  }

  /** The last event among the known keys; 0 if there is none. */
  long lastKnown() {
    return known.values().stream().mapToLong(KnownKey::seq).max().orElse(0);
  }
}
