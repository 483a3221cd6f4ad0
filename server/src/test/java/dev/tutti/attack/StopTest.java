package dev.tutti.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.Server;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.postgres.embedded.TestPrograms;
import dev.tutti.probe.Client;
import dev.tutti.probe.Moves;
import dev.tutti.probe.Replay;
import dev.tutti.process.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A server that is told to end, and those that cannot begin. */
class StopTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int STARTS = 6;
  private static final String ROOM = "board:stop";

  private final Path data = TestPrograms.linkedInto(TestPostgres.folder().resolve("data"));

  @Test
  void toldToEndItSaysByeAndKeepsEverything() throws Exception {
    int port = Ports.free();
    List<String> options = List.of("--drain-seconds", "1");
    var server = ServerProcess.start(data, port, options).awaitReady();
    ProcessHandle postgres = server.postgres();
    try (var client = new Client(port, "Ana", ROOM, () -> {}).start()) {
      Moves.prepare(client, 10);
      client.writes(4, new Moves(7, 10));
      var second = ServerProcess.start(data, 0, List.of());
      var other = anotherOn(port);
      assertThat(second.exitCode()).isOne();
      assertThat(second.output()).contains("is in use by another server").contains("--data");
      assertThat(other.exitCode()).isOne();
      assertThat(other.output()).contains("tutti: ").contains(Integer.toString(port));
      assertThat(server.terminate()).isZero();
      assertThat(ServerProcess.runs(postgres)).isFalse();
      await().atMost(LIMIT).until(() -> client.lastBye().isPresent());
      var bye = client.lastBye().orElseThrow();
      assertThat(bye.get("code").intValue()).isEqualTo(1012);
      assertThat(bye.get("reconnect").booleanValue()).isTrue();
      assertThat(bye.get("retryAfterMillis").intValue()).isBetween(0, 1_000);

      var next = ServerProcess.start(data, port, options).awaitReady();
      client.writes(0, () -> Moves.move("t0", "todo"));
      await()
          .atMost(LIMIT)
          .until(() -> client.openCommands() == 0 && client.seq() == Replay.of(port, ROOM).head());
      assertThat(client.differences(Replay.of(port, ROOM))).isEmpty();
      assertThat(next.terminate()).isZero();
    }
  }

  @Test
  void itSaysThatItIsNotReadyAndASecondSignalHurriesIt() throws Exception {
    int port = Ports.free();
    List<String> options = List.of("--drain-notice-millis", "600000", "--drain-seconds", "600");
    var server = ServerProcess.start(data, port, options).awaitReady();
    try (var client = new Client(port, "Ana", ROOM, () -> {}).start();
        var http = HttpClient.newHttpClient()) {
      Moves.prepare(client, 1);
      assertThat(health(http, port).statusCode()).isEqualTo(200);
      server.tell();
      await().atMost(LIMIT).until(() -> health(http, port).statusCode() == 503);
      assertThat(health(http, port).body()).contains("\"detail\":\"The server is going away.\"");
      assertThat(client.send(Moves.move("t0", "done")).join().has("seq")).isTrue();
      server.tell();
      assertThat(server.exitCode()).isZero();
      await().atMost(LIMIT).until(() -> client.lastBye().isPresent());
    }
  }

  private static HttpResponse<String> health(HttpClient http, int port) throws Exception {
    URI ready = URI.create("http://127.0.0.1:" + port + "/health/ready");
    return http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString());
  }

  /** A server with its own data, but on a port that is taken. */
  private ServerProcess anotherOn(int port) throws Exception {
    PostgresSettings database = TestPostgres.database();
    return ServerProcess.start(
        data.resolveSibling("other"),
        port,
        List.of(
            "--postgres-url",
            database.jdbcUrl().substring("jdbc:".length()),
            "--postgres-user",
            database.user(),
            "--accept-volatile-postgres"),
        Map.of("TUTTI_POSTGRES_PASSWORD", database.password()));
  }

  @Test
  void startsAndStopsLeaveNothingBehind() throws Exception {
    var config = Attacked.config(Map.of("--data", data.toString()));
    List<ProcessHandle> postgres = new ArrayList<>();
    Set<Thread> threads = Set.of();
    for (int i = 0; i < STARTS; i++) {
      Server server = Server.start(config);
      var note = Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst();
      postgres.add(ProcessHandle.of(Long.parseLong(note)).orElseThrow());
      server.close();
      if (i == 0) {
        threads = ours();
      }
    }
    assertThat(postgres).noneMatch(ServerProcess::runs);
    Set<Thread> atFirst = threads;
    await().atMost(LIMIT).until(() -> atFirst.containsAll(ours()));
  }

  /**
   * Live threads that a server could have started. Those of the JVM's own pools come whenever any
   * test's task does, and stay for up to a minute.
   */
  private static Set<Thread> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !(thread instanceof ForkJoinWorkerThread))
        .filter(thread -> !thread.getName().matches("(awaitility|process reaper|main|surefire).*"))
        .collect(Collectors.toSet());
  }
}
