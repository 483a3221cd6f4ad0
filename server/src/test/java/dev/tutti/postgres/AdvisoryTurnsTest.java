package dev.tutti.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.fault.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdvisoryTurnsTest {
  private final PostgresSettings settings = TestPostgres.database();

  @Test
  void aTurnIsOneInstancesUntilItIsGone() {
    try (var other = new AdvisoryTurns(settings)) {
      try (var one = new AdvisoryTurns(settings)) {
        assertThat(one.mine("weather")).isTrue();
        assertThat(one.mine("weather")).isTrue();
        assertThat(other.mine("weather")).isFalse();
        assertThat(other.mine("money")).isTrue();
      }
      await().until(() -> other.mine("weather"));
    }
  }

  @Test
  void whoeverLosesItsConnectionLosesItsTurns() throws Exception {
    try (var one = new AdvisoryTurns(settings);
        var other = new AdvisoryTurns(settings)) {
      assertThat(one.mine("weather")).isTrue();
      killConnections();
      await().until(() -> other.mine("weather"));
      assertThat(one.mine("weather")).isFalse();
    }
  }

  @Test
  void closingWaitsForNobodyWhoWaitsForPostgres() throws Exception {
    int port = Integer.parseInt(settings.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
    try (Proxy line = Proxy.before(port)) {
      var turns =
          new AdvisoryTurns(
              PostgresSettings.of(
                  settings.jdbcUrl().replaceFirst(":\\d+/", ":" + line.port() + "/"),
                  settings.user(),
                  settings.password()));
      assertThat(turns.mine("weather")).isTrue();
      line.freeze();
      var asked = new CompletableFuture<Boolean>();
      Thread asking = Thread.ofPlatform().start(() -> asked.complete(turns.mine("weather")));
      await().until(() -> asking.getState() == Thread.State.RUNNABLE && inside(asking));
      long beganNanos = System.nanoTime();
      turns.close();
      assertThat(asked.get(4, TimeUnit.SECONDS)).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - beganNanos))
          .isLessThan(Duration.ofSeconds(4));
      assertThat(turns.mine("weather")).isFalse();
    }
  }

  /** Whether it waits for an answer of PostgreSQL. */
  private static boolean inside(Thread asking) {
    return Stream.of(asking.getStackTrace()).anyMatch(at -> at.getMethodName().equals("isValid"));
  }

  private void killConnections() throws Exception {
    try (Connection connection =
            DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where application_name = 'tutti-turns' and datname = current_database()");
    }
  }
}
