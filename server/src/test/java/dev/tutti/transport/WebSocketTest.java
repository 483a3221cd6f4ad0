package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.fanout.Format;
import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.session.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketTest {
  private static final String OFFER =
      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";

  private final Running server = Running.with(Running.SOCKETS, Limits.DEFAULTS, true);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theAcceptHeaderIsThatOfTheRfcsExample() throws IOException {
    try (var client = new RawClient(server)) {
      var answer = client.open("");
      assertThat(answer.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(answer.header("Sec-WebSocket-Protocol")).isEmpty();
      assertThat(answer.header("Sec-WebSocket-Extensions")).isEmpty();
    }
  }

  @Test
  void theFirstKnownSubprotocolIsChosen() throws Exception {
    try (var client = new RawClient(server)) {
      var answer = client.open("Sec-WebSocket-Protocol: mqtt, tutti.v1.cbor, tutti.v1.json\r\n");
      assertThat(answer.header("Sec-WebSocket-Protocol")).isEqualTo("tutti.v1.cbor");
      assertThat(server.gateway.opened.take().format()).isEqualTo(Format.CBOR);
    }
  }

  @Test
  void onlyUnknownSubprotocolsAreRefusedWithASentence() throws IOException {
    try (var client = new RawClient(server)) {
      client.say(RawClient.handshake("Sec-WebSocket-Protocol: mqtt\r\n"));
      var answer = client.answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("tutti.v1.json, tutti.v1.cbor");
    }
  }

  @Test
  void anotherVersionIsToldTheRightOne() throws IOException {
    try (var client = new RawClient(server)) {
      client.say(RawClient.handshake("").replace("Version: 13", "Version: 8"));
      var answer = client.answer();
      assertThat(answer.status()).isEqualTo(426);
      assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo("13");
    }
  }

  @Test
  void aKeyThatIsNoNonceIsRefused() throws IOException {
    try (var client = new RawClient(server)) {
      client.say(RawClient.handshake("").replace("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ="));
      assertThat(client.answer().status()).isEqualTo(400);
    }
  }

  @Test
  void framesSentRightBehindTheHandshakeAreRead() throws IOException {
    try (var client = new RawClient(server)) {
      client.say(RawClient.handshake("") + "\u0081\u0082\0\0\0\0hi");
      assertThat(client.answer().status()).isEqualTo(101);
      assertThat(client.frame().text()).isEqualTo("hi");
    }
  }

  @Test
  void anUpgradeBehindAnotherRequestIsRefused() throws IOException {
    try (var client = new RawClient(server)) {
      client.say("GET /v1/rooms/board:a HTTP/1.1\r\nHost: a\r\n\r\n" + RawClient.handshake(""));
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().status()).isEqualTo(400);
    }
  }

  @Test
  void aFrameComesInAnyPieces() throws IOException {
    try (var client = RawClient.webSocket(server)) {
      for (byte b : RawClient.bytes(0x81, "grüße".getBytes(StandardCharsets.UTF_8))) {
        client.pour(new byte[] {b}, 1);
      }
      assertThat(client.frame().text()).isEqualTo("grüße");
    }
  }

  @Test
  void aLongSharedFrameIsCompressedOnceAndInflatesToItself() throws IOException {
    String text = "tutti ".repeat(1_000);
    try (var client = new RawClient(server)) {
      assertThat(client.open(OFFER).header("Sec-WebSocket-Extensions"))
          .isEqualTo("permessage-deflate; server_no_context_takeover; client_no_context_takeover");
      client.text(text);
      var frame = client.frame();
      assertThat(frame.first()).isEqualTo(0xC1);
      assertThat(frame.payload().length).isLessThan(100);
      assertThat(inflated(frame.payload())).isEqualTo(text);
    }
  }

  @Test
  void aShortFrameIsNotCompressed() throws IOException {
    try (var client = RawClient.webSocket(server, OFFER)) {
      client.text("short");
      assertThat(client.frame().first()).isEqualTo(0x81);
    }
  }

  @Test
  void closingSaysByeThenOneCloseFrameThenWaitsForTheOther() throws Exception {
    try (var client = RawClient.webSocket(server)) {
      client.text("close");
      assertThat(client.frame().text())
          .contains("\"type\":\"bye\"", "\"code\":1012", "\"retryAfterMillis\":1500");
      assertThat(client.frame().closeCode()).isEqualTo(1012);
      client.text("unheard");
      client.sayHex("88 82 00000000 03F4");
      assertThat(client.ended()).isTrue();
      assertThat(EchoGateway.next(server.gateway.closed))
          .isSameAs(EchoGateway.next(server.gateway.opened));
    }
  }

  @Test
  void aClientThatDoesNotCloseIsClosed() throws IOException {
    try (var client = RawClient.webSocket(server)) {
      client.text("close");
      client.frame();
      assertThat(client.frame().closeCode()).isEqualTo(1012);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void closingAgainAndWritingAfterwardsDoNothing() throws Exception {
    try (var client = RawClient.webSocket(server)) {
      Connection connection = server.gateway.opened.take();
      connection
          .loop()
          .execute(() -> {
            connection.close(CloseCode.REVOKED, "No more.", 0);
            connection.close(CloseCode.INTERNAL, "Again.", 0);
            connection.write(new ServerMessage.Ping());
            connection.flush();
          });
      assertThat(client.frame().text()).contains("4403");
      assertThat(client.frame().closeCode()).isEqualTo(4403);
      client.sayHex("88 80 00000000");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void whileReadingIsOffMessagesWait() throws Exception {
    try (var client = RawClient.webSocket(server)) {
      Connection connection = server.gateway.opened.take();
      var off = new java.util.concurrent.CountDownLatch(1);
      connection
          .loop()
          .execute(() -> {
            connection.reading(false);
            off.countDown();
          });
      off.await();
      client.text("later");
      connection
          .loop()
          .execute(() -> {
            connection.write(new ServerMessage.Ping());
            connection.flush();
            connection.reading(true);
          });
      assertThat(client.frame().text()).contains("ping");
      assertThat(client.frame().text()).isEqualTo("later");
    }
  }

  private static String inflated(byte[] payload) {
    try {
      return new String(
          Deflation.inflate(payload, payload.length, 1 << 20), StandardCharsets.UTF_8);
    } catch (BrokenFrame e) {
      throw new AssertionError(e);
    }
  }
}
