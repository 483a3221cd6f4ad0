package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that believes this machine about whom it speaks for, with two places an address. */
class BehindProxiesTest {
  private static final SocketLimits TWO =
      new SocketLimits(
          128, 100, 2, 9_000, 9_000, 9_000, 9_000, 500, 4_096, 8_192, 16_384, 32_768, 16_384,
          1 << 20);
  private static final String EVENTS =
      "GET /v1/rooms/board:a/events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n";

  private final Running server = Running.behindProxies(TWO);

  @AfterEach
  void stop() {
    server.close();
  }

  private static String by(String address) {
    return "X-Forwarded-For: " + address + "\r\n";
  }

  private int asks(String request) throws IOException {
    try (var client = new RawClient(server)) {
      client.say(request);
      return client.answer().status();
    }
  }

  @Test
  void aSessionKnowsWhereItsClientIs() throws Exception {
    try (var client = RawClient.webSocket(server, by("192.0.2.1"))) {
      assertThat(server.gateway.opened.take().remoteAddress()).isEqualTo("192.0.2.1");
    }
  }

  @Test
  void socketsAndStreamsHaveTheirPlacesByTheAddressThatTheyComeFrom() throws Exception {
    try (var first = RawClient.webSocket(server, by("192.0.2.1"));
        var second = new RawClient(server)) {
      second.say(EVENTS + by("192.0.2.1") + "\r\n");
      assertThat(second.answer(false).status()).isEqualTo(200);
      assertThat(asks(RawClient.handshake(by("192.0.2.1")))).isEqualTo(429);
      assertThat(asks(EVENTS + by("192.0.2.1") + "\r\n")).isEqualTo(429);
      assertThat(asks(RawClient.handshake(by("192.0.2.1, 198.51.100.9")))).isEqualTo(101);
      assertThat(server.server.counts().turnedAway().total()).isEqualTo(2);
    }
    await().until(() -> asks(RawClient.handshake(by("192.0.2.1"))) == 101);
  }

  @Test
  void requestsThatShareTheProxysConnectionTakeNoPlace() throws Exception {
    try (var client = new RawClient(server)) {
      for (int i = 0; i < 10; i++) {
        client.say("GET /health/live HTTP/1.1\r\nHost: a\r\n" + by("192.0.2.1") + "\r\n");
        assertThat(client.answer().status()).isEqualTo(200);
      }
    }
    try (var first = RawClient.webSocket(server, by("192.0.2.1"));
        var second = RawClient.webSocket(server, by("192.0.2.1"))) {
      assertThat(asks(RawClient.handshake(by("192.0.2.1")))).isEqualTo(429);
    }
  }

  @Test
  void aNetworkOfIpv6IsOneSource() throws Exception {
    String body = "{\"key\":\"0192f0c1-0000-7000-8000-000000000001\",\"name\":\"a.b\",\"args\":{}}";
    for (String address : new String[] {"2001:db8::1", "2001:db8::2", "192.0.2.1"}) {
      asks(
          "POST /v1/rooms/board:a/commands HTTP/1.1\r\n"
              + "Host: a\r\n"
              + "Content-Type: application/json\r\n"
              + by(address)
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }
    assertThat(server.gateway.sources.take()).isEqualTo(server.gateway.sources.take());
    assertThat(server.gateway.sources.take()).isEqualTo("192.0.2.1");
  }
}
