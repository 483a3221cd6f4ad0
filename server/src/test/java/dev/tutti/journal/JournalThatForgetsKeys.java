package dev.tutti.journal;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A planted bug: a journal that takes a key twice and remembers none. */
public final class JournalThatForgetsKeys extends MemoryJournal {
  public JournalThatForgetsKeys(String epoch) {
    super(epoch);
  }

  @Override
  boolean isKnown(Set<UUID> keys, Batch batch) {
    return false;
  }

  @Override
  public synchronized CompletableFuture<Map<UUID, KnownKey>> known(
      long room, Collection<UUID> keys) {
    return CompletableFuture.completedFuture(Map.of());
  }
}
