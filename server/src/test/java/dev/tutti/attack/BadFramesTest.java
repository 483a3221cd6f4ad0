package dev.tutti.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Codecs;
import dev.tutti.protocol.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections that break the rules of frames, or never come to speak. */
class BadFramesTest {
  private static Attacked attacked;

  @BeforeAll
  static void start() {
    attacked = Attacked.with(Map.of("--compression", "true"));
  }

  @AfterAll
  static void stop() {
    attacked.close();
  }

  @AfterEach
  void theBystanderNoticedNothing() throws Exception {
    attacked.bystanderNoticedNothing();
  }

  @Test
  void aFrameOfTenMegabytesIsTooLargeByItsHeader() throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      byte[] frame = RawSocket.frame(RawSocket.FIN | RawSocket.TEXT, new byte[10 << 20]);
      socket.bytes(Arrays.copyOf(frame, 20));
      assertThat(socket.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void twoMillionEmptyFragmentsEndAtTheLimit() throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      socket.frame(RawSocket.TEXT, "{");
      byte[] empty = RawSocket.frame(0, new byte[0]);
      var many = new ByteArrayOutputStream();
      for (int i = 0; i < 20_000; i++) {
        many.writeBytes(empty);
      }
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; i < 100; i++) {
                    socket.bytes(many.toByteArray());
                  }
                } catch (IOException e) {
                  // The server has closed, as it should.
                }
              });
      assertThat(socket.closeCode()).isEqualTo(1009);
      socket.close();
      writer.interrupt();
    }
  }

  @Test
  void aDeflateBombEndsAtTheLimit() throws IOException {
    byte[] bomb = deflated(new byte[40 << 20]);
    assertThat(bomb.length).isLessThan(64 * 1024);
    try (var socket = RawSocket.open(attacked.port(), "tutti.v1.json", true)) {
      socket.text("{\"type\":\"hello\",\"name\":\"Mallory\"}");
      socket.bytes(RawSocket.frame(RawSocket.FIN | RawSocket.RSV1 | RawSocket.TEXT, bomb));
      assertThat(socket.closeCode()).isEqualTo(1009);
    }
  }

  private static byte[] deflated(byte[] plain) {
    try (var deflater = new Deflater(9, true)) {
      deflater.setInput(plain);
      byte[] out = new byte[1 << 20];
      int size = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
      return Arrays.copyOf(out, size - 4);
    }
  }

  @Test
  void invalidUtf8Is1007() throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      socket.bytes(
          RawSocket.frame(
              RawSocket.FIN | RawSocket.TEXT, new byte[] {'"', (byte) 0xC0, (byte) 0x80}));
      assertThat(socket.closeCode()).isEqualTo(1007);
    }
  }

  @Test
  void binaryOnATextConnectionIs1003() throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      socket.frame(RawSocket.FIN | RawSocket.BINARY, "{}");
      assertThat(socket.closeCode()).isEqualTo(1003);
    }
  }

  @Test
  void anUnmaskedFrameIs1002() throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      socket.bytes(new byte[] {(byte) 0x81, 2, '{', '}'});
      assertThat(socket.closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void whoSaysSomethingElseBeforeHelloIsNotOfThisProtocol() throws IOException {
    List<String> first =
        List.of(
            "{}",
            "garbage",
            "{\"type\":\"pong\"}",
            "{\"type\":\"subscribe\",\"id\":1,\"room\":\"board:attacked\"}",
            "{\"type\":\"dance\"}");
    for (String message : first) {
      try (var socket = attacked.socket()) {
        socket.text(message);
        assertThat(socket.closeCode()).as(message).isEqualTo(4400);
      }
    }
  }

  @Test
  void whoSaysNothingIsAskedToComeAgain() throws IOException {
    // Another server, as everybody who comes to it has to be quick.
    try (var impatient = Attacked.with(Map.of("--hello-timeout-millis", "500"));
        var silent = impatient.socket();
        var slow = impatient.socket()) {
      slow.bytes(new byte[] {(byte) 0x81});
      assertThat(silent.closeCode()).isEqualTo(4408);
      assertThat(slow.closeCode()).isEqualTo(4408);
    }
  }

  @Test
  void helloMayBeSaidAgainByTheSameGuest() throws IOException {
    try (var socket = attacked.socket()) {
      var first = socket.hello("Ana");
      var second = socket.hello("Anna");
      assertThat(second.at("/user/id")).isEqualTo(first.at("/user/id"));
      assertThat(second.at("/user/name").stringValue()).isEqualTo("Anna");
    }
  }

  @Test
  void aHugeNameIsCutAndAHugerOneIsTooLarge() throws IOException {
    try (var socket = attacked.socket()) {
      assertThat(socket.hello("x".repeat(50_000)).at("/user/name").stringValue())
          .isEqualTo("x".repeat(60));
    }
    try (var socket = attacked.socket()) {
      socket.text("{\"type\":\"hello\",\"name\":\"" + "x".repeat(70_000) + "\"}");
      assertThat(socket.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void halfOpenHandshakesDisturbNobodyAndByteByByteIsFine() throws IOException {
    List<RawSocket> half = new ArrayList<>();
    String request = RawSocket.request(attacked.port(), "tutti.v1.json", false);
    for (int i = 0; i < 200; i++) {
      RawSocket socket = RawSocket.connect(attacked.port());
      socket.bytes(request.substring(0, i % 100).getBytes(StandardCharsets.US_ASCII));
      half.add(socket);
    }
    attacked.bystanderGoesOn();
    try (var socket = RawSocket.connect(attacked.port())) {
      for (byte one : request.getBytes(StandardCharsets.US_ASCII)) {
        socket.bytes(new byte[] {one});
      }
      assertThat(socket.head()).startsWith("HTTP/1.1 101");
      String hello = "{\"type\":\"hello\",\"name\":\"Slow\"}";
      byte[] frame =
          RawSocket.frame(
              RawSocket.FIN | RawSocket.TEXT, hello.getBytes(StandardCharsets.US_ASCII));
      for (byte one : frame) {
        socket.bytes(new byte[] {one});
      }
      assertThat(socket.next("welcome").at("/user/name").stringValue()).isEqualTo("Slow");
    }
    for (RawSocket socket : half) {
      socket.close();
    }
  }

  /** Whatever bytes come: a refusal or a close code of the table, and never a failure of ours. */
  @Test
  void randomCborIsRefusedAndNeverAFailure() throws IOException {
    long seed = Long.getLong("tutti.cbor.seed", 42);
    Random random = new Random(seed);
    byte[] good =
        new Codecs(Limits.DEFAULTS).cbor().encode(new ClientMessage.Hello(null, "Mallory", "fuzz"));
    for (int i = 0; i < 300; i++) {
      byte[] bytes = random.nextInt(3) == 0 ? new byte[1 + random.nextInt(60)] : good.clone();
      if (bytes.length == good.length) {
        for (int j = 0; j <= random.nextInt(3); j++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      } else {
        random.nextBytes(bytes);
      }
      try (var socket = RawSocket.open(attacked.port(), "tutti.v1.cbor", false)) {
        int first = RawSocket.FIN | RawSocket.BINARY;
        socket.bytes(RawSocket.frame(first, bytes));
        socket.bytes(RawSocket.frame(first, new byte[] {(byte) 0xFF}));
        socket.bytes(RawSocket.frame(RawSocket.FIN | RawSocket.CLOSE, new byte[] {3, (byte) 0xE8}));
        assertThat(socket.closeCode()).as("seed %d, number %d", seed, i).isIn(1000, 4400, 4401);
      }
    }
  }
}
