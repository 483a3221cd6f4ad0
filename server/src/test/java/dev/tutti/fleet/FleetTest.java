package dev.tutti.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.redis.embedded.TestRedis;
import dev.tutti.sources.BadServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> PARTS =
      List.of("instance 1", "instance 2", "redis", "postgresql");

  private static Path data;

  @BeforeAll
  static void make() throws IOException {
    data = FleetProcess.data();
  }

  @Test
  void aKilledPartIsStartedAgainAndAllEndInOrder() throws Exception {
    try (var fleet = FleetProcess.start(data, 2)) {
      String url = fleet.url(2);
      assertThat(health(url)).isEqualTo(200);
      ProcessHandle killed = fleet.process("instance 2");
      killed.destroyForcibly();
      fleet.await("instance 2 was ended by signal 9; it is started again");
      assertThat(fleet.await("instance 2 ready (\\S+)", 2).group(1)).isEqualTo(url);
      assertThat(health(url)).isEqualTo(200);
      assertThat(fleet.process("instance 2")).isNotEqualTo(killed);
      int port = Integer.parseInt(fleet.await("redis is process \\d+ on port (\\d+)").group(1));
      fleet.process("redis").destroyForcibly();
      fleet.await("redis is process \\d+ on port " + port, 2);
      List<ProcessHandle> all = PARTS.stream().map(fleet::process).toList();
      assertThat(fleet.terminate()).isZero();
      assertThat(all).noneMatch(FleetTest::runs);
    }
  }

  @Test
  void aKilledFleetLeavesNothingBehindAndOneThatStaysDownIsReported(@TempDir Path folder)
      throws Exception {
    try (var elsewhere = new BadServer();
        var redis = TestRedis.started();
        var fleet =
            FleetProcess.start(
                data,
                2,
                "--no-restart",
                "--redis-url",
                redis.url(),
                "--sources",
                sources(folder, elsewhere))) {
      assertThat(fleet.lines()).noneMatch(line -> line.startsWith("redis is process"));
      // The one that was named carries for both instances.
      await()
          .atMost(LIMIT)
          .until(() -> redis.ask("CLIENT", "LIST", "TYPE", "pubsub").lines().count() == 2);
      List<ProcessHandle> all =
          PARTS.stream().filter(part -> !part.equals("redis")).map(fleet::process).toList();
      // Whoever asks what the fleet asks of elsewhere is killed, and the other one goes on.
      await().atMost(LIMIT).until(() -> polls(fleet.url(1)) + polls(fleet.url(2)) >= 2);
      int asking = polls(fleet.url(1)) > 0 ? 1 : 2;
      int left = 3 - asking;
      assertThat(polls(fleet.url(left))).isZero();
      all.get(asking - 1).destroyForcibly();
      fleet.await("instance " + asking + " was ended by signal 9");
      assertThat(health(fleet.url(left))).isEqualTo(200);
      await().atMost(LIMIT).until(() -> polls(fleet.url(left)) > 0);
      assertThat(
              new ProcessBuilder("kill", "-STOP", "" + all.get(left - 1).pid()).start().waitFor())
          .isZero();
      fleet.kill();
      await().atMost(LIMIT).until(() -> all.stream().noneMatch(FleetTest::runs));
    }
  }

  /** A file with one source, which is asked whoever looks. */
  private static String sources(Path folder, BadServer elsewhere) throws IOException {
    String text =
        """
        {"allow": ["127.0.0.1"], "sources": [{"name": "weather", "url": "%s", "seconds": 1, "always": true,
          "read": [{"pointer": "/now/degrees", "room": "dashboard:ops", "widget": "degrees"}]}]}
        """;
    Path file = folder.resolve("sources.json");
    return Files.writeString(file, text.formatted(elsewhere.url("/good"))).toString();
  }

  /** How often an instance has asked a source. */
  private static double polls(String url) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
      return http.send(request, BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith("tutti_source_polls_total "))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }

  private static int health(String url) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url + "/health/ready")).build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  /** What ended and waits to be reaped does not run. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().isPresent();
  }
}
