package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.load.LoadCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Connections that are cut and come back together, to a whole server that lets few in at once. */
class ReconnectTest {
  @Test
  void allAreCaughtUpWhenTheyAreLetInAndTheJournalIsNotAsked() throws Exception {
    try (Observed server = Observed.with(Map.of("TUTTI_MAX_HANDSHAKES_PER_SECOND", "200"))) {
      StringWriter out = new StringWriter();
      int status =
          new CommandLine(new LoadCommand())
              .setOut(new PrintWriter(out))
              .execute(
                  "storm",
                  "--connections",
                  "200",
                  "--rooms",
                  "4",
                  "--missed",
                  "15",
                  "--rounds",
                  "1",
                  "--json",
                  "--url",
                  server.at("").toString().replaceFirst("http", "ws"));
      JsonNode json = new JsonMapper().readTree(out.toString());
      assertThat(json.get("order").stringValue())
          .isEqualTo("0 gaps, 0 repeats, 0 subscribers behind");
      assertThat(json.get("asked of the journal").stringValue())
          .isEqualTo("0 questions and 0 loads in a round at most, for 4 rooms at 1 servers");
      assertThat(json.has("resets")).isFalse();
      assertThat(status).isZero();
      assertThat(json.get("back, all caught up after (s)").doubleValue())
          .as("let in at the rate that is set")
          .isGreaterThan(0.7);
    }
  }
}
