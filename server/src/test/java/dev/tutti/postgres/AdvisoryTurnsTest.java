package dev.tutti.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
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
