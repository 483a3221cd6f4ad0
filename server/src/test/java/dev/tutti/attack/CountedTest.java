package dev.tutti.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each end of a connection is counted under its code, once. */
final class CountedTest {
  private static Attacked attacked;

  @BeforeAll
  static void start() {
    attacked =
        Attacked.with(
            Map.of(
                "--max-message-bytes", "4096",
                "--max-messages-per-second", "50",
                "--max-burst", "50"));
  }

  @AfterAll
  static void stop() {
    attacked.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1002, 1003, 1007, 1009, 4400, 4401, 4429})
  void anEndIsCountedUnderItsCode(int code) throws IOException {
    isCounted(attacked, code);
  }

  @Test
  void theEndOfAConnectionThatSaysNothingIsCountedUnderItsCode() throws IOException {
    // Another server, as everybody who comes to it has to be quick.
    try (var impatient = Attacked.with(Map.of("--hello-timeout-millis", "600"))) {
      isCounted(impatient, 4408);
    }
  }

  private static void isCounted(Attacked at, int code) throws IOException {
    double before = at.sample(closed("server", code));
    try (RawSocket socket = at.socket()) {
      deserve(code, socket);
      assertThat(socket.closeCode()).isEqualTo(code);
    }
    await().until(() -> at.sample(closed("server", code)) == before + 1);
  }

  private static String closed(String by, Object code) {
    return "tutti_connections_closed_total{by=\"%s\",code=\"%s\"}".formatted(by, code);
  }

  private static void deserve(int code, RawSocket socket) throws IOException {
    switch (code) {
      case 1002 -> socket.frame(0x83, "A reserved opcode.");
      case 1003 -> socket.frame(0x82, "Binary, where JSON was agreed on.");
      case 1007 -> socket.bytes(RawSocket.frame(0x81, new byte[] {(byte) 0xff}));
      case 1009 -> socket.text("x".repeat(5_000));
      case 4400 -> socket.text("{\"type\":\"pong\"}");
      case 4401 -> socket.text("{\"type\":\"hello\",\"token\":\"none\"}");
      case 4408 -> {} // Says nothing.
      default -> {
        socket.hello("Flood");
        Thread.ofVirtual().start(() -> flood(socket));
      }
    }
  }

  private static void flood(RawSocket socket) {
    try {
      while (true) {
        socket.text("{\"type\":\"none\"}");
      }
    } catch (IOException closed) {
      // As it should be.
    }
  }

  /**
   * Of a page that is closed (1001), of programs, and of one that a network or a crash has taken.
   */
  @ParameterizedTest
  @CsvSource({"1000, 1000", "1001, 1001", "1011, other", "4000, other", "0, 1005", "-1, 1006"})
  void anEndThatIsThePeersIsCountedUnderItsCodeToo(int said, String code) throws IOException {
    double before = attacked.sample(closed("client", code));
    try (RawSocket socket = attacked.guest("Shy")) {
      if (said >= 0) {
        socket.bytes(RawSocket.frame(0x88, said == 0 ? new byte[0] : close(said)));
        assertThat(socket.closeCode()).isEqualTo(said == 0 ? 1000 : said);
      }
    }
    await().until(() -> attacked.sample(closed("client", code)) == before + 1);
  }

  private static byte[] close(int code) {
    return new byte[] {(byte) (code >> Byte.SIZE), (byte) code};
  }
}
