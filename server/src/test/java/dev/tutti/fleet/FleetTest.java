package dev.tutti.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.redis.embedded.TestRedis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
  void aKilledFleetLeavesNothingBehindAndOneThatStaysDownIsReported() throws Exception {
    try (var redis = TestRedis.started();
        var fleet = FleetProcess.start(data, 2, "--no-restart", "--redis-url", redis.url())) {
      assertThat(fleet.lines()).noneMatch(line -> line.startsWith("redis is process"));
      // The one that was named carries for both instances.
      await()
          .atMost(LIMIT)
          .until(() -> redis.ask("CLIENT", "LIST", "TYPE", "pubsub").lines().count() == 2);
      List<ProcessHandle> all =
          PARTS.stream().filter(part -> !part.equals("redis")).map(fleet::process).toList();
      all.get(0).destroyForcibly();
      fleet.await("instance 1 was ended by signal 9");
      assertThat(health(fleet.url(2))).isEqualTo(200);
      assertThat(new ProcessBuilder("kill", "-STOP", "" + all.get(1).pid()).start().waitFor())
          .isZero();
      fleet.kill();
      await().atMost(LIMIT).until(() -> all.stream().noneMatch(FleetTest::runs));
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
