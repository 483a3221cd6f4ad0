package dev.tutti;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.config.CannotStart;
import dev.tutti.postgres.PostgresJournal;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.trouble.TestServer;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FailedStartTest {
  @Test
  void aStartThatFailsInTheMiddleLetsGoOfWhatItHadOpenedAndSaysWhy() {
    PostgresSettings database = TestPostgres.database();
    PostgresJournal.open(database).close();
    TestPostgres.execute(database, "alter table journal rename fleet_secret to gone");
    Set<Thread> before = ours();
    assertThatThrownBy(
            () -> TestServer.over(database, "redis://127.0.0.1:25000", InstantSource.system()))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("column \"fleet_secret\" does not exist");
    await().until(() -> before.containsAll(ours()));
  }

  /** What carries an instance. */
  private static Set<Thread> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(loop|journal-(lane|reader)).*"))
        .collect(Collectors.toSet());
  }
}
