package dev.tutti.postgres;

import static dev.tutti.journal.Samples.batch;
import static dev.tutti.journal.Samples.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.journal.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Instances of several versions, one journal. */
final class MigrationTest {
  private static final String[] LATER = {"classpath:db/migration", "classpath:db/later"};
  private static final String[] INCOMPATIBLE = {
    "classpath:db/migration", "classpath:db/later", "classpath:db/incompatible"
  };

  private final PostgresSettings database = TestPostgres.database();

  @Test
  void instancesThatStartAtOnceOnAnEmptyDatabaseAllStart() throws Exception {
    var together = new CountDownLatch(4);
    Callable<PostgresJournal> start =
        () -> {
          together.countDown();
          together.await();
          return PostgresJournal.open(database);
        };
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<PostgresJournal> started :
          threads.invokeAll(List.of(start, start, start, start))) {
        try (var journal = started.get()) {
          assertThat(get(journal.create(Samples.aName())).head()).isZero();
        }
      }
    }
    assertThat(TestPostgres.ask(database, "select count(*) from journal")).isEqualTo("1");
  }

  @Test
  void anOlderInstanceGoesOnWhileALaterOneChangesTheTables() throws Exception {
    try (var older = PostgresJournal.open(database);
        var threads = Executors.newSingleThreadExecutor()) {
      var name = Samples.aName();
      long room = get(older.create(name)).id();
      var begun = new CountDownLatch(5);
      var changed = new CountDownLatch(1);
      Future<Integer> appending =
          threads.submit(() -> {
            int head = 0;
            for (int after = Integer.MAX_VALUE; head < after; head++) {
              assertThat(get(older.append(batch(room, head, 1)))).isEqualTo(new Appended.Won());
              begun.countDown();
              if (after == Integer.MAX_VALUE && changed.getCount() == 0) {
                after = head + 5;
              }
            }
            return head;
          });
      begun.await();
      open(LATER).close();
      changed.countDown();
      int head = appending.get();
      assertThat(get(older.readAfter(room, 0, 10_000))).hasSize(head);
      get(older.save(get(older.epoch()), room, new Snapshot(head, "{}")));
      assertThat(get(older.opening(name, 0, 1)).snapshot()).isPresent();
    }
  }

  @Test
  void anOlderInstanceStartsOverTablesThatSayItMay() {
    open(LATER).close();
    try (var older = PostgresJournal.open(database)) {
      long room = get(older.create(Samples.aName())).id();
      assertThat(get(older.append(batch(room, 0, 3)))).isEqualTo(new Appended.Won());
    }
  }

  @Test
  void anOlderInstanceIsRefusedByTablesThatSayItMayNot() {
    open(INCOMPATIBLE).close();
    assertThatThrownBy(() -> PostgresJournal.open(database))
        .isInstanceOf(PostgresRefused.class)
        .hasMessage(
            "The journal's tables are of version 9003, which needs a server that knows version"
                + " 9002; this one knows 4. Start the version that changed them, or a later one.");
    open(LATER).close();
  }

  @Test
  void aChangeWaitsForWhoeverHoldsATableButNotLong() throws SQLException {
    PostgresJournal.open(database).close();
    try (Connection dump = TestPostgres.connect(database);
        var statement = dump.createStatement()) {
      dump.setAutoCommit(false);
      statement.executeQuery("select from event").close();
      var hasty = new Schema(new Database(database), LATER, Duration.ofMillis(20), 2);
      assertThatThrownBy(hasty::bringUpToDate)
          .isInstanceOf(PostgresRefused.class)
          .hasMessageContaining("something holds them: a dump");
      var patient = new Schema(new Database(database), LATER, Duration.ofMillis(20), 1000);
      try (var threads = Executors.newSingleThreadExecutor()) {
        Future<?> changing = threads.submit(patient::bringUpToDate);
        dump.commit();
        assertThat(changing).succeedsWithin(Duration.ofSeconds(20));
      }
    }
  }

  private PostgresJournal open(String... locations) {
    var later = new Database(database);
    return PostgresJournal.open(later, new Schema(later, locations, Duration.ofSeconds(5), 1));
  }
}
