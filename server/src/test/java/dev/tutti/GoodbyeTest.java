package dev.tutti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.config.Given;
import dev.tutti.config.ServerConfig;
import dev.tutti.config.ServerConfig.Conclusion;
import dev.tutti.config.Setting;
import dev.tutti.fault.Proxy;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.postgres.embedded.TestPrograms;
import dev.tutti.trouble.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** However little answers, a server that is told to end is gone when it promised to be. */
class GoodbyeTest {
  /** In the place of 14 s, behind a drain of 1 s. */
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private static final Duration PROMISED = CLOSING.plusSeconds(1 + 1);

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void aFrozenPostgresDoesNotHoldUpTheEnd() throws Exception {
    PostgresSettings database = TestPostgres.database();
    try (Proxy line = Proxy.before(TestServer.port(database))) {
      Server server = TestServer.over(database, line.port());
      List<String> rooms = List.of("board:one", "board:two", "board:three", "board:four");
      for (String room : rooms) {
        assertThat(post(server, room).join().statusCode()).isEqualTo(200);
      }
      line.freeze();
      rooms.forEach(room -> post(server, room));
      await().until(() -> sample(server, "tutti_journal_batches") > 0);
      assertThat(timed(() -> server.close(CLOSING))).isLessThan(PROMISED);
    }
  }

  @Test
  void norDoesAPostgresOfItsOwn() throws Exception {
    Path data = TestPrograms.linkedInto(TestPostgres.folder().resolve("data"));
    Server server = Server.start(embedded(data));
    assertThat(post(server, "board:own").join().statusCode()).isEqualTo(200);
    String pid = Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst();
    signal(pid, "STOP");
    try {
      assertThat(timed(() -> server.close(CLOSING))).isLessThan(PROMISED);
    } finally {
      signal(pid, "CONT");
    }
    // It was told to end, and does so when it can.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ProcessHandle.of(Long.parseLong(pid)).filter(GoodbyeTest::runs).isEmpty());
  }

  private static Duration timed(Runnable work) {
    long beganNanos = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - beganNanos);
  }

  private CompletableFuture<HttpResponse<String>> post(Server server, String room) {
    String name = UUID.randomUUID().toString();
    String body =
        "{\"key\":\"%s\",\"name\":\"column.add\",\"args\":{\"column\":\"%s\",\"title\":\"t\"}}"
            .formatted(name, name.substring(0, 8));
    return http.sendAsync(
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/rooms/" + room + "/commands"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private double sample(Server server, String name) throws Exception {
    HttpRequest ask = HttpRequest.newBuilder(URI.create(server.url() + "/metrics")).build();
    return http.send(ask, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  private static ServerConfig embedded(Path data) {
    Map<Setting, List<String>> given =
        Map.of(
            Setting.PORT, List.of("0"),
            Setting.LOOPS, List.of("1"),
            Setting.DRAIN, List.of("1"),
            Setting.DATA, List.of(data.toString()));
    return switch (ServerConfig.conclude(new Given(given, Map.of()))) {
      case Conclusion.Concluded(ServerConfig config) -> config;
      case Conclusion.Refused(List<String> problems) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }

  private static void signal(String pid, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  /** What ended and waits to be reaped does not run. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().isPresent();
  }
}
