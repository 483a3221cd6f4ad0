package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.fault.Proxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** HAProxy before an instance that dies in the middle, and before one that comes late. */
class BalancerTroubleTest {
  private static Observed server;

  @BeforeAll
  static void start() {
    Balancer.program();
    server = Observed.with(Map.of("TUTTI_TRUSTED_PROXIES", "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aReadingWhoseInstanceDiesBehindTheCommitIsStoredOnce() throws Exception {
    String room = "dashboard:once";
    server.command(
        room,
        UUID.randomUUID(),
        "widget.add",
        "{\"widget\":\"a\",\"kind\":\"line\",\"title\":\"A\"}");
    List<Proxy> lines =
        Stream.generate(() -> Proxy.before(server.at("/").getPort())).limit(3).toList();
    try (Balancer balancer = Balancer.before(lines.stream().map(Proxy::port).toList())) {
      lines.forEach(line -> line.cutAtAnswersTo("/values", 1));
      assertThat(post(balancer, room, "", 1)).startsWith("HTTP/1.1 502 ");
      assertThat(head(room)).isEqualTo(2);

      // With a key of one's own it may be sent again, until there is an answer.
      String key = "Idempotency-Key: " + UUID.randomUUID() + "\r\n";
      lines.forEach(line -> line.cutAtAnswersTo("/values", 1));
      await().until(() -> post(balancer, room, key, 2).startsWith("HTTP/1.1 200 "));
      assertThat(lines).anyMatch(line -> line.cutsLeft() == 0);
      assertThat(post(balancer, room, key, 2)).contains("\"seq\":3");
      assertThat(head(room)).isEqualTo(3);
    } finally {
      lines.forEach(Proxy::close);
    }
  }

  @Test
  void anInstanceWhoseNameIsKnownLaterOrLeadsElsewhereIsFound() throws Exception {
    int port = server.at("/").getPort();
    List<String> names =
        Stream.of("one", "two", "three").map(name -> name + ".tutti.test:" + port).toList();
    try (var dns = new TestNames();
        Balancer balancer =
            Balancer.before(names, Map.of("TUTTI_DNS", "127.0.0.1:" + dns.port()))) {
      await()
          .ignoreExceptions()
          .until(() -> Balancer.status(balancer.port(), "/health/live") == 503);
      dns.answer("127.0.0.2"); // Nobody is there.
      await().until(() -> dns.answered() > 3);
      dns.answer("127.0.0.1");
      balancer.awaitReady();
    }
  }

  /** In one piece, as programs send what is small: only such a request can be sent again whole. */
  private static String post(Balancer balancer, String room, String key, int value)
      throws IOException {
    String body = "{\"widget\":\"a\",\"value\":" + value + "}";
    String request =
        "POST /v1/rooms/%s/values HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n%s"
                .formatted(room, key)
            + "Connection: close\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), balancer.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static int head(String room) throws Exception {
    String body = server.get("/v1/rooms/" + room).body();
    return Integer.parseInt(body.replaceFirst("(?s).*?\"seq\":(\\d+).*", "$1"));
  }
}
