package dev.tutti.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

final class MemoryJournalTest implements JournalContract {
  private final MemoryJournal journal = new MemoryJournal();

  @Override
  public Journal journal() {
    return journal;
  }

  @Test
  void everyFutureIsCompleteWhenItIsReturned() {
    long room = aRoom();
    assertThat(journal.append(Samples.batch(room, 0, 1))).isCompleted();
    assertThat(journal.readAfter(room, 0, 1)).isCompleted();
  }

  @Test
  void aClosedJournalSaysSo() {
    long room = aRoom();
    journal.close();
    assertThat(journal.append(Samples.batch(room, 0, 1)).join())
        .isInstanceOf(Appended.Unavailable.class);
    Assertions.assertThatThrownBy(() -> journal.epoch().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(JournalException.class);
  }
}
