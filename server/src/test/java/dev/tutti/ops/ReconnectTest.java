package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.load.LoadCommand;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Connections that are cut and come back together, to a whole server that lets few in at once. */
class ReconnectTest {
  private static JsonNode storm(Observed server, String... more) {
    StringWriter out = new StringWriter();
    List<String> words = new ArrayList<>();
    words.addAll(List.of("storm", "--connections", "200", "--rooms", "4", "--missed", "15"));
    words.addAll(List.of("--rounds", "1", "--json", "--url", address(server)));
    words.addAll(List.of(more));
    int status =
        new CommandLine(new LoadCommand())
            .setOut(new PrintWriter(out))
            .execute(words.toArray(String[]::new));
    JsonNode json = new JsonMapper().readTree(out.toString());
    assertThat(json.get("order").stringValue())
        .isEqualTo("0 gaps, 0 repeats, 0 subscribers behind");
    assertThat(json.has("resets")).isFalse();
    assertThat(status).isZero();
    return json;
  }

  private static String address(Observed server) {
    return server.at("").toString().replaceFirst("http", "ws");
  }

  @Test
  void allAreCaughtUpWhenTheyAreLetInAndTheJournalIsNotAsked() {
    try (Observed server = Observed.with(Map.of("TUTTI_MAX_HANDSHAKES_PER_SECOND", "200"))) {
      JsonNode json = storm(server);
      assertThat(json.get("asked of the journal").stringValue())
          .isEqualTo("0 questions and 0 loads in a round at most, for 4 rooms at 1 servers");
      assertThat(json.get("back, all caught up after (s)").doubleValue())
          .as("let in at the rate that is set")
          .isGreaterThan(0.7);
    }
  }

  @Test
  void anInstanceThatHasLoadedNothingAsksOnceForEachRoom() {
    PostgresSettings database = TestPostgres.database();
    try (Observed first = Observed.over(database, Map.of());
        Observed second = Observed.over(database, Map.of())) {
      assertThat(
              storm(first, "--back-at", address(second)).get("asked of the journal").stringValue())
          .isEqualTo("4 questions and 4 loads in a round at most, for 4 rooms at 1 servers");
    }
  }
}
