package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.probe.Client;
import dev.tutti.probe.Moves;
import dev.tutti.probe.Replay;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** HAProxy in front of three instances over one journal, one of which ends in order. */
class BalancerTest {
  private static final String ROOM = "board:balanced";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int CLIENTS = 6;
  private static final Map<String, String> SETTINGS =
      Map.of("TUTTI_HEAL_MILLIS", "100", "TUTTI_TRUSTED_PROXIES", "127.0.0.1");

  private final List<Observed> instances = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private Balancer balancer;
  private int port;

  @BeforeEach
  void threeInstancesBehindOneAddress() throws Exception {
    Balancer.program();
    PostgresSettings journal = TestPostgres.database();
    for (int i = 0; i < 3; i++) {
      instances.add(Observed.over(journal, SETTINGS));
    }
    balancer = Balancer.before(instances.stream().map(it -> it.at("/").getPort()).toList());
    port = balancer.port();
  }

  @AfterEach
  void stop() {
    clients.forEach(Client::close);
    if (balancer != null) {
      balancer.close();
    }
    instances.forEach(Observed::close);
  }

  @Test
  void whoeverIsOnAnInstanceThatEndsGoesOnAtAnother() throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Client(port, "c" + i, ROOM, accepted::incrementAndGet).start());
    }
    await().atMost(LIMIT).until(() -> everyoneIsConnected() && !connected().contains(0));
    Moves.prepare(clients.getFirst(), 10);
    clients.forEach(client -> client.writes(1, () -> Moves.move("t1", "doing")));
    await().atMost(LIMIT).until(() -> accepted.get() > 10);

    instances.removeFirst().close();
    int then = accepted.get();
    await().atMost(LIMIT).until(() -> accepted.get() > then + 10);
    await().atMost(LIMIT).until(this::everyoneIsConnected);
    clients.forEach(client -> client.writes(0, () -> Moves.move("t1", "todo")));
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          Replay journal = Replay.of(port, ROOM);
          for (Client client : clients) {
            assertThat(client.differences(journal)).isEmpty();
          }
        });
  }

  @Test
  void whatOperatorsReadIsNotForPeople() throws Exception {
    assertThat(Balancer.status(port, "/metrics")).isEqualTo(404);
    assertThat(Balancer.status(port, "/")).isEqualTo(200);
    assertThat(Balancer.status(balancer.figures(), "/metrics")).isEqualTo(200);
  }

  @Test
  void anInstanceKnowsWhereItsClientsAreBehindTheBalancer() throws Exception {
    Logger sessions = (Logger) LoggerFactory.getLogger("dev.tutti.session.Session");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Level before = sessions.getLevel();
    lines.start();
    sessions.addAppender(lines);
    sessions.setLevel(Level.INFO);
    HttpClient elsewhere =
        HttpClient.newBuilder().localAddress(InetAddress.ofLiteral("127.0.0.2")).build();
    try {
      elsewhere
          .newWebSocketBuilder()
          .header("X-Forwarded-For", "203.0.113.9")
          .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/ws"), new WebSocket.Listener() {})
          .join()
          .sendText("{\"type\":\"hello\",\"token\":\"none\"}", true)
          .join();
      await()
          .untilAsserted(() ->
              assertThat(List.copyOf(lines.list))
                  .extracting(ILoggingEvent::getFormattedMessage)
                  .anyMatch(line -> line.contains("from 127.0.0.2 not let in")));
    } finally {
      elsewhere.shutdownNow();
      sessions.detachAppender(lines);
      sessions.setLevel(before);
    }
  }

  private boolean everyoneIsConnected() throws Exception {
    return connected().stream().mapToInt(Integer::intValue).sum() == CLIENTS;
  }

  private List<Integer> connected() throws Exception {
    List<Integer> counts = new ArrayList<>();
    for (Observed instance : instances) {
      counts.add(instance.samples().get("tutti_connections").intValue());
    }
    return counts;
  }
}
