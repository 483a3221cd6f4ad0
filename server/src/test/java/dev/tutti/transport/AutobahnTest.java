package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Autobahn suite against the pipeline that is shipped, with an echo behind it. */
class AutobahnTest {
  private static final Set<String> PASSED = Set.of("OK", "INFORMATIONAL");
  private static final int MIN_CASES = 247;
  private static final int MAX_SECONDS = 300;

  /** The suite sends messages of 64 KiB and more, in hundreds of fragments. */
  private static final Limits LARGE =
      new Limits(
          1024 * 1024, 1_000, 32, 1024, 1024, 1, 1, 1, 1, 1, 1024, 1024, 1, 1, 1, 10_000, 25_000);

  @Test
  void everyCaseOfSections1To7And10Passes(@TempDir Path reports) throws Exception {
    try (var running = Running.withBothKinds(LARGE)) {
      run(running.port(), reports);
    }
    JsonNode results = results(reports);
    var failed = new ArrayList<String>();
    results
        .properties()
        .forEach(result -> {
          String behavior = result.getValue().get("behavior").asString();
          String closing = result.getValue().get("behaviorClose").asString();
          if (!PASSED.contains(behavior) || !PASSED.contains(closing)) {
            failed.add(result.getKey() + ": " + behavior + ", closing " + closing);
          }
        });
    assertThat(failed).isEmpty();
    assertThat(results.size()).isGreaterThanOrEqualTo(MIN_CASES);
  }

  /** In a process of its own: Jython keeps threads and much memory, and the suite ends its JVM. */
  private static void run(int port, Path reports) throws Exception {
    Path log = reports.resolve("suite.log");
    Process suite =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--sun-misc-unsafe-memory-access=allow",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    AutobahnSuite.class.getName(),
                    "ws://127.0.0.1:" + port + "/v1/ws"))
            .directory(reports.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(suite.waitFor(MAX_SECONDS, TimeUnit.SECONDS))
          .as(() -> "the suite ended; it said: " + read(log))
          .isTrue();
    } finally {
      suite.destroyForcibly();
    }
  }

  private static JsonNode results(Path reports) throws Exception {
    Path index = reports.resolve("target/autobahntestsuite-reports/index.json");
    assertThat(index).as(() -> read(reports.resolve("suite.log"))).exists();
    return new JsonMapper().readTree(Files.readString(index)).get("Tutti");
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
