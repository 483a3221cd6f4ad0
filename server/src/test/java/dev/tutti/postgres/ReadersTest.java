package dev.tutti.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.fault.Proxy;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ReadersTest {
  /** What is asked of a new connection last; the pool asks it of the first one alone. */
  private static final String SETUP = "SHOW TRANSACTION ISOLATION LEVEL";

  @Test
  void aFirstConnectionThatIsCutInItsSetupIsFollowedByOneThatReads() throws Exception {
    var database = TestPostgres.database();
    int port = Integer.parseInt(database.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
    try (var proxy = Proxy.before(port)) {
      proxy.cutAtRequestsOf(SETUP, 1);
      var url = database.jdbcUrl().replaceFirst(":\\d+/", ":" + proxy.port() + "/");
      var settings = PostgresSettings.of(url, database.user(), database.password());
      var readers = new Readers(new Database(settings));
      try {
        await().until(() -> answers(readers));
        assertThat(proxy.cutsLeft()).isZero();
      } finally {
        readers.close(Duration.ofSeconds(5));
      }
    }
  }

  private static boolean answers(Readers readers) throws InterruptedException {
    try {
      return readers.ask(connection -> connection.isValid(1)).get();
    } catch (ExecutionException e) {
      return false;
    }
  }
}
