package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Java's own decoder is the reference. */
class Utf8Test {
  private static final int TEXTS = 200_000;

  @Test
  void agreesWithTheReferenceHoweverTheBytesAreCut() {
    var random = new Random(20_261_122);
    byte[] likely = {
      'a',
      0x7F,
      (byte) 0x80,
      (byte) 0x8F,
      (byte) 0x90,
      (byte) 0x9F,
      (byte) 0xA0,
      (byte) 0xBF,
      (byte) 0xC0,
      (byte) 0xC2,
      (byte) 0xDF,
      (byte) 0xE0,
      (byte) 0xED,
      (byte) 0xEF,
      (byte) 0xF0,
      (byte) 0xF4,
      (byte) 0xF5,
      (byte) 0xFF
    };
    for (int i = 0; i < TEXTS; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = likely[random.nextInt(likely.length)];
      }
      int cut = random.nextInt(bytes.length + 1);
      var utf8 = new Utf8();
      boolean valid =
          utf8.accepts(bytes, 0, cut) && utf8.accepts(bytes, cut, bytes.length) && utf8.complete();
      assertThat(valid).as(() -> java.util.HexFormat.of().formatHex(bytes)).isEqualTo(is(bytes));
    }
  }

  private static boolean is(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
