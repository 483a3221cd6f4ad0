package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.KnownKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What the journal still has of some commands. A room that lets go of its past forgets the keys of
 * it; where an append ended unknown, and what it may have left is gone, nobody can tell any more.
 *
 * @param known those of the keys that happened
 * @param since the first event that was there, behind the oldest doubt of the commands
 */
record Traces(Map<UUID, KnownKey> known, long since) {
  static final Traces NONE = new Traces(Map.of(), 0);

  /** Looks for commands. Fails with a {@code JournalException} when the journal cannot be read. */
  static CompletableFuture<Traces> of(Journal journal, long room, List<Pending> commands) {
    if (commands.isEmpty()) {
      return CompletableFuture.completedFuture(NONE);
    }
    long doubt =
        commands.stream()
            .filter(Pending::isInDoubt)
            .mapToLong(Pending::inDoubtAfter)
            .min()
            .orElse(Long.MAX_VALUE);
    CompletableFuture<Map<UUID, KnownKey>> known = journal.known(room, Pending.keys(commands));
    if (doubt == Long.MAX_VALUE) {
      return known.thenApply(keys -> new Traces(keys, 0));
    }
    // What is there afterwards was there when the keys were looked up.
    return known.thenCompose(
        keys -> since(journal, room, doubt).thenApply(since -> new Traces(keys, since)));
  }

  /** Another life of the journal may have begun behind events that were let go of. */
  private static CompletableFuture<Long> since(Journal journal, long room, long doubt) {
    return journal
        .readAfter(room, doubt, 1)
        .thenCompose(entries ->
            entries.isEmpty()
                ? journal.heads(List.of(room)).thenApply(of -> of.getOrDefault(room, 0L) + 1)
                : CompletableFuture.completedFuture(entries.getFirst().seq()));
  }

  /** Those keys too whose events were read. */
  Traces and(List<Entry> entries, List<Pending> commands) {
    Map<UUID, KnownKey> both = new HashMap<>(known);
    Set<UUID> keys = Set.copyOf(Pending.keys(commands));
    for (Entry entry : entries) {
      if (keys.contains(entry.key())) {
        both.put(entry.key(), new KnownKey(entry.seq(), entry.digest()));
      }
    }
    return new Traces(both, since);
  }

  /** Where a command happened, if that is known. */
  Optional<KnownKey> of(Pending pending) {
    return Optional.ofNullable(known.get(pending.proposal().key()));
  }

  /** Whether a command of which there is no trace may have happened all the same. */
  boolean areGone(Pending pending) {
    return pending.isInDoubt() && since > pending.inDoubtAfter() + 1;
  }
}
