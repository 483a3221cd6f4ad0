package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.fanout.Format;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SocketFramingTest {
  private final SocketFraming framing = new SocketFraming();

  private byte[] framed(Format format, byte[] payload, String id) {
    SharedFrame frame = (SharedFrame) framing.frame(format, payload, id);
    byte[] bytes = ByteBufUtil.getBytes(frame.bytes());
    frame.release();
    assertThat(frame.bytes().refCnt()).isZero();
    return bytes;
  }

  @Test
  void aTextFrameIsThatOfTheRfc() {
    assertThat(framed(Format.JSON, "Hello".getBytes(StandardCharsets.UTF_8), ""))
        .isEqualTo(HexFormat.of().parseHex("810548656c6c6f"));
  }

  @Test
  void lengthsAreWrittenInTheShortestForm() {
    assertThat(framed(Format.CBOR, new byte[125], "")).startsWith(0x82, 125).hasSize(127);
    assertThat(framed(Format.CBOR, new byte[126], "")).startsWith(0x82, 126, 0, 126).hasSize(130);
    assertThat(framed(Format.CBOR, new byte[65_535], "")).startsWith(0x82, 126, 0xFF, 0xFF);
    assertThat(framed(Format.CBOR, new byte[65_536], ""))
        .startsWith(0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0)
        .hasSize(65_546);
  }

  @Test
  void anEventCarriesItsId() {
    byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(framed(Format.SSE, json, "life:12"))
        .asString()
        .isEqualTo("id: life:12\ndata: {}\n\n");
    assertThat(framed(Format.SSE, json, "")).asString().isEqualTo("data: {}\n\n");
  }

  @Test
  void everyLengthInflatesToItself() throws BrokenFrame {
    for (int length = 0; length < 3_000; length += 7) {
      byte[] message = "abcdefghij".repeat(300).substring(0, length).getBytes();
      byte[] small = Deflation.deflate(message);
      assertThat(Deflation.inflate(small, small.length, 3_000)).isEqualTo(message);
    }
  }

  @Test
  void aReasonIsCutBetweenCharacters() {
    var frame = CloseFrame.write(1000, "é".repeat(100));
    assertThat(frame.readableBytes()).isEqualTo(2 + 2 + 122);
    frame.release();
  }
}
