package dev.tutti.world;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import java.util.concurrent.CompletableFuture;

/** A planted bug: says that an append is committed before it is; a crash in between loses it. */
final class HastyJournal extends FaultyJournal {
  HastyJournal(World world) {
    super(world);
  }

  @Override
  public CompletableFuture<Appended> append(Batch batch) {
    schedule()
        .after(
            schedule().micros(100, 5_000),
            () -> {
              if (!isDead()) {
                database().append(batch);
              }
            });
    return CompletableFuture.completedFuture(new Appended.Won());
  }
}
