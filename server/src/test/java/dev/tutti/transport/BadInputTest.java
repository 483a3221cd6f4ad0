package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Limits;
import dev.tutti.session.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each client that misbehaves gets its close code, and the one beside it notices nothing. */
class BadInputTest {
  private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

  /** Its deadlines are long, so that a machine that stands still for a moment breaks nothing. */
  private final Running server = Running.with(small(10_000, 10_000, 30_000), Limits.DEFAULTS, true);

  private RawClient neighbour;

  private static SocketLimits small(int handshakeMillis, int requestMillis, int idleMillis) {
    return new SocketLimits(
        128,
        1_000,
        1_000,
        9_000,
        handshakeMillis,
        requestMillis,
        idleMillis,
        500,
        4_096,
        8_192,
        16_384,
        32_768,
        16_384,
        1024 * 1024);
  }

  @BeforeEach
  void aNeighbourConnects() throws IOException {
    neighbour = RawClient.webSocket(server);
  }

  @AfterEach
  void theNeighbourNoticedNothing() throws IOException {
    neighbour.text("still here");
    assertThat(neighbour.frame().text()).isEqualTo("still here");
    neighbour.close();
    server.close();
  }

  @Test
  void aFrameOfTenMegabytesIsRefusedByItsHeader() throws IOException {
    try (var client = RawClient.webSocket(server)) {
      client.sayHex("81 FF 0000000000A00000 00000000");
      client.pour(new byte[64 * 1024], 160);
      assertThat(client.frame().closeCode()).isEqualTo(1009);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void aMessageIsMeasuredOverAllItsFrames() throws IOException {
    try (var client = RawClient.webSocket(server)) {
      client.frame(0x01, new byte[40 * 1024]);
      client.frame(0x80, new byte[40 * 1024]);
      assertThat(client.frame().closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void twoMillionEmptyFragmentsAreNotCollected() throws IOException {
    try (var client = RawClient.webSocket(server)) {
      client.sayHex("01 80 00000000");
      byte[] thousand = new byte[6_000];
      for (int i = 0; i < thousand.length; i += 6) {
        thousand[i + 1] = (byte) 0x80;
      }
      client.pour(thousand, 2_000);
      assertThat(client.frame().closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void aDeflateBombIsRefused() throws IOException {
    byte[] bomb = deflated(new byte[32 * 1024 * 1024]);
    assertThat(bomb.length).isLessThan(Limits.DEFAULTS.maxMessageBytes());
    try (var client = RawClient.webSocket(server, OFFER)) {
      client.frame(0xC1, bomb);
      assertThat(client.frame().closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void aCompressedFrameThatIsNotDeflatedIsBroken() throws IOException {
    try (var client = RawClient.webSocket(server, OFFER)) {
      client.frame(0xC1, new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
      assertThat(client.frame().closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void aCompressedFrameThatNobodyAgreedToIsBroken() throws IOException {
    try (var client = RawClient.webSocket(server)) {
      client.frame(0xC1, deflated("hi".getBytes(StandardCharsets.UTF_8)));
      assertThat(client.frame().closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void badUtf8InsideACompressedFrameIsSeen() throws IOException {
    try (var client = RawClient.webSocket(server, OFFER)) {
      client.frame(0xC1, deflated(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}));
      assertThat(client.frame().closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void badUtf8IsSeenBeforeItsFrameIsWhole() throws IOException {
    try (var client = RawClient.webSocket(server)) {
      client.sayHex("81 90 00000000 C0 AF");
      assertThat(client.frame().closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void aFrameOfTheWrongKindIsRefused() throws IOException {
    try (var json = RawClient.webSocket(server);
        var cbor = RawClient.webSocket(server, "Sec-WebSocket-Protocol: tutti.v1.cbor\r\n")) {
      json.frame(0x82, new byte[1]);
      cbor.text("{}");
      assertThat(json.frame().closeCode()).isEqualTo(1003);
      assertThat(cbor.frame().closeCode()).isEqualTo(1003);
    }
  }

  @Test
  void anUnmaskedFrameIsBroken() throws IOException {
    try (var client = RawClient.webSocket(server)) {
      client.sayHex("81 02 6869");
      assertThat(client.frame().closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void aSilentConnectionIsClosed() throws IOException {
    try (var impatient = Running.with(small(300, 10_000, 30_000), Limits.DEFAULTS, true);
        var client = new RawClient(impatient)) {
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void aHandshakeByteByByteIsClosedAtItsDeadline() throws IOException {
    try (var impatient = Running.with(small(300, 10_000, 30_000), Limits.DEFAULTS, true);
        var client = new RawClient(impatient)) {
      Thread drip = Thread.ofVirtual().start(() -> drip(client));
      assertThat(client.ended()).isTrue();
      drip.interrupt();
    }
  }

  /** One byte at a time, each as soon as the one before is on its way: slow only by being many. */
  private static void drip(RawClient client) {
    client.pour("GET /v1/ws HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII), 1);
    while (!Thread.currentThread().isInterrupted()) {
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
      client.pour(new byte[] {'a'}, 1);
    }
  }

  @Test
  void aBodyThatDoesNotComeIsAnsweredAtItsDeadline() throws IOException {
    try (var impatient = Running.with(small(10_000, 300, 30_000), Limits.DEFAULTS, true);
        var client = new RawClient(impatient)) {
      client.say(
          "POST /v1/rooms/board:a/commands HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{");
      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void aKeptAliveConnectionIsClosedWhenNothingMoreIsAsked() throws IOException {
    try (var impatient = Running.with(small(10_000, 10_000, 300), Limits.DEFAULTS, true);
        var client = new RawClient(impatient)) {
      client.say("GET /health/live HTTP/1.1\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void aClientThatNeverReadsIsDroppedBeforeItCostsMore() throws Exception {
    try (var client = new RawClient(server, 4_096)) {
      Connection before = EchoGateway.next(server.gateway.opened);
      client.open("");
      Connection flooded = EchoGateway.next(server.gateway.opened);
      assertThat(flooded).isNotSameAs(before);
      client.text("flood");
      assertThat(EchoGateway.next(server.gateway.closed)).isSameAs(flooded);
    }
  }

  @Test
  void pingsOfAClientThatNeverReadsAreNotCollected() throws IOException {
    try (var client = new RawClient(server, 4_096)) {
      client.open("");
      byte[] ping = RawClient.bytes(0x89, new byte[125]);
      Thread pinging = Thread.ofVirtual().start(() -> client.pour(ping, 50_000));
      neighbour.text("meanwhile");
      assertThat(neighbour.frame().text()).isEqualTo("meanwhile");
      pinging.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSessionThatFailsEndsItsOwnConnectionOnly() throws IOException {
    try (var client = RawClient.webSocket(server)) {
      client.text("fail");
      assertThat(client.frame().text()).contains("\"type\":\"bye\"", "1011");
      assertThat(client.frame().closeCode()).isEqualTo(1011);
    }
  }

  private static byte[] deflated(byte[] message) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(message);
    byte[] out = new byte[256 * 1024];
    int n = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return java.util.Arrays.copyOf(out, n - 4);
  }
}
