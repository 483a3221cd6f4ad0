package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Limits;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ends that a client cannot bring about from outside are counted too, each under its code. */
class CloseCountsTest {
  private final Running server = Running.with(Running.SOCKETS, Limits.DEFAULTS, false);
  private final SocketCounts counts = server.server.counts();

  @AfterEach
  void stop() {
    server.close();
  }

  private void endsWith(CloseCode code, String word) throws Exception {
    try (var client = RawClient.webSocket(server)) {
      client.text(word);
      RawClient.Frame frame = client.frame();
      while (frame.closeCode() == 0 && frame != RawClient.Frame.END) {
        frame = client.frame();
      }
      assertThat(frame.closeCode()).isEqualTo(code.code());
    }
    assertThat(counts.closed().total(code)).isEqualTo(1);
    assertThat(allClosed()).isEqualTo(1);
  }

  private long allClosed() {
    return Arrays.stream(CloseCode.values()).mapToLong(counts.closed()::total).sum();
  }

  @Test
  void aConnectionAtWhichTheServerFailed() throws Exception {
    endsWith(CloseCode.INTERNAL, "fail");
  }

  @Test
  void aConnectionThatAServerWhichGoesAwayEnds() throws Exception {
    endsWith(CloseCode.RESTARTING, "close");
  }

  @Test
  void whatItsPeerClosesIsUnderThePeersCode() throws Exception {
    try (var client = RawClient.webSocket(server)) {
      client.sayHex("88 82 00000000 03e8");
      assertThat(client.frame().closeCode()).isEqualTo(CloseCode.NORMAL.code());
    }
    await().until(() -> counts.left().total(PeerClose.NORMAL) == 1);
    assertThat(allClosed()).isZero();
  }
}
