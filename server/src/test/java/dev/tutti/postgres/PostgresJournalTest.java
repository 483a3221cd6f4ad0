package dev.tutti.postgres;

import dev.tutti.journal.Journal;
import dev.tutti.journal.JournalContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class PostgresJournalTest implements JournalContract {
  private static PostgresJournal journal;

  @BeforeAll
  static void open() {
    journal = TestPostgres.journal();
  }

  @AfterAll
  static void close() {
    journal.close();
  }

  @Override
  public Journal journal() {
    return journal;
  }
}
