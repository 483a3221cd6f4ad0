package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.fault.Proxy;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What goes wrong is counted where it went wrong: by two instances that do not hear each other. */
final class TroubleMetricsTest {
  private static final String ROOM = "board:trouble";

  private int column;

  private void adds(Observed server) throws Exception {
    String name = "c" + column++;
    String args = "{\"column\":\"%s\",\"title\":\"%s\"}".formatted(name, name);
    assertThat(server.command(ROOM, UUID.randomUUID(), "column.add", args)).isEqualTo(200);
  }

  private static double of(Observed server, String sample) throws Exception {
    return server.samples().getOrDefault(sample, 0.0);
  }

  @Test
  void aLostAndAnUnknownAppendAndAGapThatWasHealedAreCounted() throws Exception {
    PostgresSettings database = TestPostgres.database();
    int port = Integer.parseInt(database.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
    try (Proxy line = Proxy.before(port);
        Observed deaf = Observed.over(by(database, line), Map.of("TUTTI_HEAL_MILLIS", "60000"));
        Observed healing = Observed.over(database, Map.of("TUTTI_HEAL_MILLIS", "100"))) {
      adds(deaf);
      adds(healing);
      adds(deaf);
      assertThat(of(deaf, "tutti_appends_total{outcome=\"lost\"}")).isEqualTo(1);
      await().until(() -> of(healing, "tutti_events_healed_total") == 1);
      assertThat(of(healing, "tutti_gaps_healed_total")).isEqualTo(1);

      line.cutAtAnswersTo("columns", 1);
      adds(deaf);
      assertThat(of(deaf, "tutti_appends_total{outcome=\"unknown\"}")).isEqualTo(1);
      assertThat(of(deaf, "tutti_commit_failures_total")).isEqualTo(1);
    }
  }

  private static PostgresSettings by(PostgresSettings database, Proxy line) {
    return PostgresSettings.of(
        database.jdbcUrl().replaceFirst(":\\d+/", ":" + line.port() + "/"),
        database.user(),
        database.password());
  }
}
