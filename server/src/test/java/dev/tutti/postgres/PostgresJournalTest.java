package dev.tutti.postgres;

import static dev.tutti.journal.Samples.batch;
import static dev.tutti.journal.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Journal;
import dev.tutti.journal.JournalContract;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PostgresJournalTest implements JournalContract {
  private static final String APPENDERS =
      " from pg_stat_activity where datname = current_database() and application_name ="
          + " 'tutti-append'";

  private static PostgresSettings database;
  private static PostgresJournal journal;

  @BeforeAll
  static void open() {
    database = TestPostgres.database();
    journal = PostgresJournal.open(database);
  }

  @AfterAll
  static void close() {
    journal.close();
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Test
  void anAppendWhoseConnectionIsKilledEndsUnknownAndTheNextOneWorks() throws Exception {
    long room = aRoom();
    await().until(() -> get(journal.append(batch(room, 0, 1))).equals(new Appended.Won()));
    CompletableFuture<Appended> cut;
    try (var other = TestPostgres.connect(database);
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table event in access exclusive mode");
      cut = journal.append(batch(room, 1, 1));
      await().until(() -> count(APPENDERS + " and wait_event_type = 'Lock'") == 1);
      killAppenders();
      assertThat(get(cut)).isInstanceOf(Appended.Unknown.class);
      other.rollback();
    }
    assertThat(get(journal.append(batch(room, 1, 1)))).isEqualTo(new Appended.Won());
    assertThat(get(journal.readAfter(room, 0, 9))).hasSize(2);
    mend();
  }

  @Test
  void whileNobodyMayConnectAppendsAreUnavailableAndLaterWorkAgain() {
    long room = aRoom();
    var elsewhere = TestPostgres.sibling(database, "postgres");
    var name = TestPostgres.ask(database, "select current_database()");
    TestPostgres.execute(elsewhere, "alter database " + name + " allow_connections false");
    killAppendersOf(elsewhere, name);
    await().until(() -> get(journal.append(batch(room, 9, 1))) instanceof Appended.Unavailable);
    TestPostgres.execute(elsewhere, "alter database " + name + " allow_connections true");
    await().until(() -> get(journal.append(batch(room, 0, 1))).equals(new Appended.Won()));
    assertThat(get(journal.readAfter(room, 0, 9))).hasSize(1);
    mend();
  }

  @Test
  void aClosedJournalFinishesWhatItWasGivenAndRefusesTheRest() {
    var closing = PostgresJournal.open(database);
    long room = aRoom();
    var given = closing.append(batch(room, 0, 1));
    closing.close();
    assertThat(get(given)).isEqualTo(new Appended.Won());
    assertThat(get(closing.append(batch(room, 1, 1)))).isInstanceOf(Appended.Unavailable.class);
  }

  @Test
  void moreThanMayWaitIsUnavailableAtOnce() {
    var inbox = new Inbox();
    for (int i = 0; i < Inbox.MAX_WAITING_BATCHES; i++) {
      assertThat(inbox.put(Inbox.Waiting.of(batch(i, 0, 1)))).isTrue();
    }
    assertThat(inbox.put(Inbox.Waiting.of(batch(1, 0, 1)))).isFalse();
  }

  @Test
  void aStatementTakesTheOldestBatchOfEachRoom() throws Exception {
    var inbox = new Inbox();
    for (long room : List.of(1L, 2L, 1L, 3L, 1L)) {
      inbox.put(Inbox.Waiting.of(batch(room, 0, 1)));
    }
    assertThat(inbox.take()).extracting(each -> each.batch().room()).containsExactly(1L, 2L, 3L);
    assertThat(inbox.take()).extracting(each -> each.batch().room()).containsExactly(1L);
    assertThat(inbox.take()).extracting(each -> each.batch().room()).containsExactly(1L);
    inbox.close();
    assertThat(inbox.take()).isEmpty();
  }

  @Test
  void aStatementIsBoundedInEventsButTakesOneBatchAtLeast() throws Exception {
    var inbox = new Inbox();
    inbox.put(Inbox.Waiting.of(batch(1, 0, Inbox.MAX_STATEMENT_EVENTS + 1)));
    inbox.put(Inbox.Waiting.of(batch(2, 0, 1)));
    assertThat(inbox.take()).hasSize(1);
    assertThat(inbox.take()).hasSize(1);
  }

  /** Lets every lane find out that its connection was killed, so that no other test does. */
  private void mend() {
    for (int i = 0; i < 8 * PostgresSettings.DEFAULT_LANES; i++) {
      long room = aRoom();
      await().until(() -> get(journal.append(batch(room, 0, 1))).equals(new Appended.Won()));
    }
  }

  private static int count(String from) {
    return Integer.parseInt(TestPostgres.ask(database, "select count(*)" + from));
  }

  private static void killAppenders() {
    TestPostgres.ask(database, "select count(pg_terminate_backend(pid))" + APPENDERS);
  }

  private static void killAppendersOf(PostgresSettings elsewhere, String name) {
    TestPostgres.ask(
        elsewhere,
        "select count(pg_terminate_backend(pid))"
            + APPENDERS.replace("current_database()", "'" + name + "'"));
  }
}
