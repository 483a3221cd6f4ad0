package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.load.LoadCommand;
import dev.tutti.transport.SocketLimits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dashboard that is fed while one of its viewers does not read. In the test command 2,500
 * readings a second for three seconds, of which the median is judged; 10,000 a second and 99 of 100
 * within a second: {@code -Dreadings.seconds=30}; {@code ./tutti load readings} measures the same
 * against a server of its own.
 */
class StalledViewersTest {
  private static final double A_SECOND_MILLIS = 1_000;

  /** The events that a room keeps for those who are behind: no single write of them is larger. */
  private static final int CATCH_UP_BYTES = 1024 * 1024;

  @Test
  void readingsByRequestsAreAllTaken() throws Exception {
    try (Observed server = Observed.with(Map.of())) {
      StringWriter out = new StringWriter();
      String options =
          "readings --json --url ws://%s --batch 10 --rate 500 --warm-up 0 --seconds 1"
              .formatted(server.at("").getAuthority());
      int status =
          new CommandLine(new LoadCommand())
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(new StringWriter()))
              .execute(options.split(" "));
      assertThat(status).as(out.toString()).isZero();
      JsonNode report = JsonMapper.shared().readTree(out.toString());
      assertThat(report.get("due until accepted (ms)").get("count").asInt()).isEqualTo(50);
      assertThat(report.get("due until seen by each viewer (ms)").get("count").asInt())
          .isPositive();
    }
  }

  @Test
  void whoDoesNotReadKeepsNobodyWaitingAndHoldsNoMoreThanItsSocket() throws Exception {
    Integer seconds = Integer.getInteger("readings.seconds");
    try (Observed server = Observed.with(Map.of())) {
      long heapBefore = heapMebibytes();
      StringWriter out = new StringWriter();
      String options =
          "readings --socket --viewers 50 --stalled 1 --json --url ws://%s --rate %d --seconds %d"
              .formatted(
                  server.at("").getAuthority(),
                  seconds == null ? 2_500 : 10_000,
                  seconds == null ? 3 : seconds);
      int status =
          new CommandLine(new LoadCommand())
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(new StringWriter()))
              .execute((options + " --warm-up 2").split(" "));
      assertThat(status).as(out.toString()).isZero();
      JsonNode report = JsonMapper.shared().readTree(out.toString());
      System.out.printf(
          "%s%nheap of server and generator: %d MiB before, %d MiB after%n",
          report.toPrettyString(), heapBefore, heapMebibytes());
      JsonNode seen = report.get("due until seen by each viewer (ms)");
      // Beside other tests only the middle can be told; a long run is made on a quiet machine.
      assertThat(seen.get(seconds == null ? "p50" : "p99").asDouble()).isLessThan(A_SECOND_MILLIS);
      Map<String, Double> samples = server.samples();
      assertThat(samples.get("tutti_readers_skipped_total")).isPositive();
      assertThat(samples.get("tutti_connections_dropped_total")).isZero();
      assertThat(report.get("most waiting in one connection (bytes)").asInt())
          .as("who does not read holds what made its socket full, and nothing more")
          .isBetween(
              SocketLimits.DEFAULTS.writeHighBytes(),
              SocketLimits.DEFAULTS.writeHighBytes() + CATCH_UP_BYTES);
    }
  }

  /** What is left behind a collection. */
  private static long heapMebibytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (1024 * 1024);
  }
}
