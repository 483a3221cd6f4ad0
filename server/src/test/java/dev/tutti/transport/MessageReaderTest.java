package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Codecs;
import dev.tutti.protocol.Limits;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames as they stand on the wire, in hex. */
class MessageReaderTest {
  private static final Dialect JSON = Dialect.json(new Codecs(Limits.DEFAULTS));

  private final List<String> heard = new ArrayList<>();
  private final MessageReader reader = new MessageReader(JSON, false, Limits.DEFAULTS);

  private final MessageReader.Receiver receiver =
      new MessageReader.Receiver() {
        @Override
        public boolean receptive() {
          return true;
        }

        @Override
        public void message(boolean binary, byte[] payload) {
          heard.add(new String(payload, StandardCharsets.UTF_8));
        }

        @Override
        public void ping(byte[] payload) {
          heard.add("ping " + payload.length);
        }

        @Override
        public void closing(int code) {
          heard.add("close " + code);
        }
      };

  private void read(String hex) throws BrokenFrame {
    reader.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", ""))), receiver);
  }

  private CloseCode brokenBy(String hex) {
    return catchThrowableOfType(BrokenFrame.class, () -> read(hex)).code();
  }

  @Test
  void theMaskedHelloOfTheRfcIsRead() throws BrokenFrame {
    read("81 85 37fa213d 7f9f4d5158");
    assertThat(heard).containsExactly("Hello");
  }

  @Test
  void everyByteMayComeAlone() throws BrokenFrame {
    for (String b : "81 85 37 fa 21 3d 7f 9f 4d 51 58".split(" ")) {
      read(b);
    }
    assertThat(heard).containsExactly("Hello");
  }

  @Test
  void aPingMayStandBetweenFragments() throws BrokenFrame {
    read("01 83 00000000 48656c");
    read("89 80 00000000");
    read("80 82 00000000 6c6f");
    assertThat(heard).containsExactly("ping 0", "Hello");
  }

  @Test
  void aCharacterMayStandAcrossFragments() throws BrokenFrame {
    read("01 81 00000000 c3");
    read("80 81 00000000 a9");
    assertThat(heard).containsExactly("é");
  }

  @Test
  void anEmptyMessageIsAMessage() throws BrokenFrame {
    read("81 80 00000000");
    assertThat(heard).containsExactly("");
  }

  @Test
  void aCloseWithoutACodeIsOneThatHasNone() throws BrokenFrame {
    read("88 80 00000000");
    assertThat(heard).containsExactly("close 1005");
  }

  @Test
  void sixtyFourFragmentsAreAMessageAndOneMoreIsTooMany() throws BrokenFrame {
    read("01 81 00000000 61");
    read("00 81 00000000 61".repeat(62));
    read("80 81 00000000 61");
    assertThat(heard).containsExactly("a".repeat(64));
    read("01 81 00000000 61");
    read("00 81 00000000 61".repeat(63));
    assertThat(brokenBy("00 80 00000000")).isEqualTo(CloseCode.TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({
    "81 05 48656c6c6f, not masked",
    "c1 80 00000000, first reserved bit",
    "a1 80 00000000, second reserved bit",
    "91 80 00000000, third reserved bit",
    "83 80 00000000, reserved data opcode",
    "8b 80 00000000, reserved control opcode",
    "09 80 00000000, fragmented ping",
    "89 fe 007e 00000000, long ping",
    "80 80 00000000, continuation of nothing",
    "01 80 00000000 81 80 00000000, message inside a message",
    "81 fe 007d, length longer than needed",
    "81 ff 000000000000ffff, eight bytes where two do",
    "81 ff 8000000000000000, negative length",
    "88 81 00000000 03, half a close code",
    "88 82 00000000 03ed, close code 1005",
    "88 82 00000000 0000, close code 0",
    "88 82 00000000 07d0, close code 2000"
  })
  void whatTheRfcForbidsIsAProtocolError(String hex, String what) {
    assertThat(brokenBy(hex)).as(what).isEqualTo(CloseCode.PROTOCOL_ERROR);
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "81 81 00000000 ff, no such byte",
    "81 82 00000000 c0af, overlong slash",
    "81 83 00000000 eda080, surrogate",
    "81 84 00000000 f4908080, above the last character",
    "81 81 00000000 c3, half a character at the end",
    "88 83 00000000 03e8ff, reason of a close"
  })
  void whatIsNotUtf8IsSaidSo(String hex, String what) {
    assertThat(brokenBy(hex)).as(what).isEqualTo(CloseCode.BAD_UTF8);
  }

  @Test
  void aClaimedLengthOverTheLimitIsRefusedBeforeItComes() {
    assertThat(brokenBy("81 ff 0000000000010001 00000000")).isEqualTo(CloseCode.TOO_LARGE);
  }

  @Test
  void aBinaryFrameIsOfTheWrongKind() {
    assertThat(brokenBy("82 80 00000000")).isEqualTo(CloseCode.UNSUPPORTED_DATA);
  }
}
