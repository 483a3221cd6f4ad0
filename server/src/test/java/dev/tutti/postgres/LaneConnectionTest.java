package dev.tutti.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.fault.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LaneConnectionTest {
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(4);

  @Test
  void aConnectionThatTookLongToOpenIsFreshWhenItIsOpen() throws Exception {
    PostgresSettings database = TestPostgres.database();
    PostgresJournal.open(database).close();
    int port = Integer.parseInt(database.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
    try (Proxy line = Proxy.before(port)) {
      var settings =
          PostgresSettings.of(
              database.jdbcUrl().replaceFirst(":\\d+/", ":" + line.port() + "/"),
              database.user(),
              database.password());
      Queue<Long> times = new ArrayDeque<>(List.of(0L)); // Then it is open, and 4 s are over.
      var connection =
          new LaneConnection(
              new Database(settings), () -> times.isEmpty() ? SLOW_NANOS : times.remove());
      var statement = connection.statement();
      line.freeze();
      long beganNanos = System.nanoTime();
      assertThat(connection.statement()).isSameAs(statement);
      assertThat(Duration.ofNanos(System.nanoTime() - beganNanos))
          .isLessThan(Duration.ofSeconds(4));
      connection.drop();
    }
  }
}
