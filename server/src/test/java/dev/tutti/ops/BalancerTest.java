package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tutti.client.Client;
import dev.tutti.client.Draft;
import dev.tutti.client.Replay;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The very file that the containers' HAProxy reads, in front of three instances over one journal.
 * Skipped where HAProxy is not installed; {@code ./tutti test} installs it where it can.
 */
class BalancerTest {
  private static final Path CONFIGURATION = Path.of("..", "docker", "haproxy", "haproxy.cfg");
  private static final String ROOM = "board:balanced";
  private static final int CLIENTS = 6;

  private final List<Observed> instances = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private Process balancer;
  private int port;
  private int figures;

  @BeforeEach
  void threeInstancesBehindOneAddress() throws Exception {
    Path program =
        Stream.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/local/bin/haproxy")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(program != null, "HAProxy is not installed");
    PostgresSettings journal = TestPostgres.database();
    for (int i = 0; i < 3; i++) {
      instances.add(Observed.over(journal, Map.of("TUTTI_HEAL_MILLIS", "100")));
    }
    port = freePort();
    figures = freePort();
    ProcessBuilder haproxy =
        new ProcessBuilder(program.toString(), "-db", "-f", CONFIGURATION.toString());
    haproxy.environment().put("TUTTI_BIND", "127.0.0.1:" + port);
    haproxy.environment().put("TUTTI_STATS", "127.0.0.1:" + figures);
    for (int i = 0; i < 3; i++) {
      haproxy
          .environment()
          .put("TUTTI_SERVER_" + (i + 1), "127.0.0.1:" + instances.get(i).at("/").getPort());
    }
    balancer =
        haproxy
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "haproxy.log").toFile())
            .start();
    await().ignoreExceptions().until(() -> status(port, "/health/ready") == 200);
  }

  @AfterEach
  void stop() throws InterruptedException {
    clients.forEach(Client::close);
    if (balancer != null) {
      balancer.destroy();
      balancer.waitFor(10, TimeUnit.SECONDS);
    }
    instances.forEach(Observed::close);
  }

  @Test
  void whoeverIsOnAnInstanceThatEndsGoesOnAtAnother() throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Client(port, "c" + i, ROOM, accepted::incrementAndGet).start());
    }
    await().until(() -> connected().stream().allMatch(count -> count == 2));
    AtomicInteger column = new AtomicInteger();
    clients.forEach(client -> client.writes(1, () -> column("c" + column.getAndIncrement())));
    await().until(() -> accepted.get() > 10);

    instances.removeFirst().close();
    int then = accepted.get();
    await().until(() -> accepted.get() > then + 10);
    assertThat(connected().stream().mapToInt(Integer::intValue).sum()).isEqualTo(CLIENTS);
    clients.forEach(client -> client.writes(0, () -> column("none")));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          Replay journal = Replay.of(port, ROOM);
          for (Client client : clients) {
            assertThat(client.differences(journal)).isEmpty();
          }
        });
  }

  @Test
  void whatOperatorsReadIsNotForPeople() throws Exception {
    assertThat(status(port, "/metrics")).isEqualTo(404);
    assertThat(status(port, "/")).isEqualTo(200);
    assertThat(status(figures, "/metrics")).isEqualTo(200);
  }

  private List<Integer> connected() throws Exception {
    List<Integer> counts = new ArrayList<>();
    for (Observed instance : instances) {
      counts.add(instance.samples().get("tutti_connections").intValue());
    }
    return counts;
  }

  private static Draft column(String name) {
    return Draft.of(
        "column.add", JsonNodeFactory.instance.objectNode().put("column", name).put("title", name));
  }

  private static int status(int port, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
