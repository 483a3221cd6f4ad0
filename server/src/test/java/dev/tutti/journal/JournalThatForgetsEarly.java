package dev.tutti.journal;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A planted bug: a journal that lets go of events, and so of keys, however young they are. */
public final class JournalThatForgetsEarly extends MemoryJournal {
  public JournalThatForgetsEarly(String epoch) {
    super(epoch);
  }

  @Override
  public synchronized CompletableFuture<Integer> trim(
      String epoch, long room, long behind, Instant before) {
    return super.trim(epoch, room, behind, Instant.MAX);
  }
}
