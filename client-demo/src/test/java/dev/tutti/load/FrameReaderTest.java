package dev.tutti.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private final List<String> read = new ArrayList<>();
  private final FrameReader reader =
      new FrameReader((opcode, array, from, to) ->
          read.add(new String(array, from, to - from, StandardCharsets.US_ASCII)));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100, 65_536, 200_000})
  void framesAreWholeHoweverTheyAreCut(int cut) {
    List<String> sent =
        List.of(
            "a", "", "b".repeat(125), "c".repeat(126), "d".repeat(65_535), "e".repeat(65_536), "f");
    ByteBuf all = Unpooled.buffer();
    sent.forEach(text -> frame(all, text));
    while (all.isReadable()) {
      reader.read(all.readSlice(Math.min(cut, all.readableBytes())), new byte[cut]);
    }
    assertThat(read).isEqualTo(sent);
  }

  @Test
  void aFrameTooLargeIsNotGathered() {
    ByteBuf header = Unpooled.buffer().writeByte(0x81).writeByte(127).writeLong(1L << 40);
    assertThatThrownBy(() -> reader.read(header, new byte[16])).hasMessageContaining("bytes");
  }

  private static void frame(ByteBuf out, String text) {
    out.writeByte(0x81);
    if (text.length() < 126) {
      out.writeByte(text.length());
    } else if (text.length() < 65_536) {
      out.writeByte(126).writeShort(text.length());
    } else {
      out.writeByte(127).writeLong(text.length());
    }
    out.writeCharSequence(text, StandardCharsets.US_ASCII);
  }
}
