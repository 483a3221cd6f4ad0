package dev.tutti.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Bytes are hex, as in appendix A of RFC 8949. */
class CborCodecTest extends CodecContract {
  private static final CBORMapper CBOR = new CBORMapper();

  /** A map of two: {@code "type": "pong"}, and {@code "x"}, whose value follows. */
  private static final String PONG_WITH_X = "a2" + "6474797065" + "64706f6e67" + "6178";

  @Override
  Codec codec() {
    return CODECS.cbor();
  }

  @Override
  ObjectMapper mapper() {
    return CBOR;
  }

  /** Text as it is, half a character as the three bytes that a careless encoder makes of it. */
  @Override
  byte[] escaped(String relaxed) {
    var out = new ByteArrayOutputStream();
    write(JSON.readTree(relaxed.replace('\'', '"')), out);
    return out.toByteArray();
  }

  private static void write(JsonNode node, ByteArrayOutputStream out) {
    switch (node) {
      case ObjectNode object -> {
        out.write(0xA0 + object.size());
        object
            .properties()
            .forEach(field -> {
              write(field.getKey(), out);
              write(field.getValue(), out);
            });
      }
      case ArrayNode array -> {
        out.write(0x80 + array.size());
        array.forEach(value -> write(value, out));
      }
      default -> {
        if (node.isString()) {
          write(node.stringValue(), out);
        } else {
          out.write(node.intValue());
        }
      }
    }
  }

  private static void write(String text, ByteArrayOutputStream out) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes.writeBytes(text.substring(i, ++i + 1).getBytes(UTF_8));
      } else if (c < 0x80) {
        bytes.write(c);
      } else {
        bytes.write(0xE0 | c >> 12);
        bytes.write(0x80 | c >> 6 & 0x3F);
        bytes.write(0x80 | c & 0x3F);
      }
    }
    out.write(0x60 + bytes.size());
    out.writeBytes(bytes.toByteArray());
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @ParameterizedTest
  @CsvSource({
    "4101, a byte string",
    "5f4101ff, a byte string in chunks",
    "814101, a byte string in a list",
    "f0, a simple value that means nothing",
    "f8ff, another one in two bytes",
    "81f0, and one in a list",
    "f97e00, not a number",
    "f97c00, infinity in two bytes",
    "fa7f800000, in four",
    "fbfff0000000000000, and minus infinity in eight",
    "c249010000000000000000, a bignum of 65 bits",
    "c482 1a7fffffff 01, a decimal fraction beyond every double",
    "c482 3a7ffffffe 01, a decimal fraction too small for any",
    "c48201 01, a small decimal fraction",
  })
  void whatJsonCannotSayIsRefused(String value, String what) {
    InvalidMessage refusal = refusal(hex(PONG_WITH_X + value.replace(" ", "")));
    assertThat(refusal).as(what).isNotNull();
    assertThat(refusal.code()).isIn(Code.INVALID, Code.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({
    "9f0102ff, a list of indefinite length",
    "bf616101ff, a map of indefinite length",
    "7f6161ff, a text in chunks",
    "c0617a, a tag is passed over",
    "c5820101, and the tag of a bigfloat too",
    "c24101, a small bignum",
    "f93c00, one in half precision",
    "fa3fc00000, one and a half in single precision",
    "1b000000000000000a, ten in eight bytes",
    "f6, null",
    "f7, undefined is taken for null",
  })
  void whatJsonCouldSayTooIsTaken(String value, String what) {
    assertThat(codec().decodeClient(hex(PONG_WITH_X + value)))
        .as(what)
        .isEqualTo(new ClientMessage.Pong());
  }

  @Test
  void aKeyThatIsNoTextIsReadAsText() {
    assertThat(codec().decodeObject(hex("a2" + "0102" + "416103")))
        .isEqualTo(JSON.readTree("{\"1\":2,\"a\":3}"));
  }

  @ParameterizedTest
  @CsvSource({
    "a2 6474797065 64706f6e67 6474797065 64706f6e67, a key twice",
    "bf 6474797065 64706f6e67 6474797065 64706f6e67 ff, a key twice in a map without a length",
    "a2 6474797065 64706f6e67 6178 a2 6161 01 6161 02, a key twice further in",
    "a2 6474797065 64706f6e67, a pair is missing",
    "a1 6474797065 64706f, a text is cut off",
    "a1 6474797065 7bffffffffffffffff 61, a text longer than the world",
    "a1 6474797065 7b7fffffffffffffff 61, a text nearly as long",
    "a1 6474797065 7a7fffffff 61, a text of 2 GiB",
    "a1 6474797065 5a7fffffff 61, bytes of 2 GiB",
    "ba7fffffff 6474797065 64706f6e67, a map of two thousand million",
    "9b7fffffffffffffff, a list without end",
    "bf 6474797065 64706f6e67, a map that never ends",
    "bf 6474797065 ff, a key without a value",
    "ff, an end of nothing",
    "1c, a reserved length",
    "a1 6474797065 7f4161ff, bytes in a text",
  })
  void brokenCborIsRefused(String message, String what) {
    InvalidMessage refusal = refusal(hex(message.replace(" ", "")));
    assertThat(refusal).as(what).isNotNull();
    assertThat(refusal.code()).isIn(Code.MALFORMED, Code.INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "ff",
        "f8",
        "e282",
        "c3",
        "e28228",
        "f4908080",
        "f7bfbfbf",
        "c080",
        "eda080"
      })
  void textThatIsNoUtf8IsRefused(String text) {
    String length = HexFormat.of().toHexDigits((byte) (0x60 + text.length() / 2));
    assertThat(refusal(hex(PONG_WITH_X + length + text))).isNotNull();
    assertThat(refusal(hex("a2" + "6474797065" + "64706f6e67" + length + text + "01"))).isNotNull();
  }

  @Test
  void aKeyIsTextAndNotBytes() {
    JsonNode event = CBOR.readTree(codec().encodeValue(Messages.event(1)));
    assertThat(event.path("key").isString()).isTrue();
    assertThat(event.path("at").isString()).isTrue();
  }

  @Property(tries = 5_000)
  void anyBytesAreAMessageOrARefusal(@ForAll @Size(max = 40) byte[] bytes) {
    readsOrRefuses(bytes);
  }

  @Property(tries = 5_000)
  void anyBytesInAMessageAreAMessageOrARefusal(@ForAll @Size(max = 20) byte[] bytes) {
    var message = new ByteArrayOutputStream();
    message.writeBytes(hex(PONG_WITH_X));
    message.writeBytes(bytes);
    readsOrRefuses(message.toByteArray());
  }

  private void readsOrRefuses(byte[] bytes) {
    try {
      assertThat(codec().decodeClient(bytes)).isNotNull();
    } catch (InvalidMessage refused) {
      assertThat(refused.sentence()).isNotEmpty();
    }
  }
}
