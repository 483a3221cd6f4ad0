package dev.tutti.protocol;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;

class JsonCodecTest extends CodecContract {
  @Override
  Codec codec() {
    return CODECS.json();
  }

  @Override
  ObjectMapper mapper() {
    return JSON;
  }

  @Override
  byte[] escaped(String relaxed) {
    return text(relaxed);
  }

  private static byte[] text(String relaxed) {
    return relaxed.replace('\'', '"').getBytes(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'pong','type':'pong'}",
        "{'type':'pong','x':{'a':1,'b':2,'a':1}}",
        "{'type':'pong'} x",
        "{'type':'pong'},",
        "{'type':'pong'}{'type':'pong'}",
        "{'type':'pong',}",
        "{'type':'pong','x':[1,]}",
        "{type:'pong'}",
        "{'type':'pong','x':01}",
        "{'type':'pong','x':.5}",
        "{'type':'pong','x':+1}",
        "{'type':'pong','x':NaN}",
        "{'type':'pong','x':Infinity}",
        "{'type':'pong','x':'a\tb'}",
        "{'type':'pong','x':'\\x'}",
        "{'type':'pong','x':'\\u12'}",
        "{'type':'pong'/**/}",
        "{'type':'pong'}//",
        "{'type':'po",
        "",
        "  ",
      })
  void onlyJsonIsJson(String text) {
    assertThat(refusal(text(text)).code()).isEqualTo(Code.MALFORMED);
  }

  @Test
  void whiteSpaceAroundAMessageDoesNotMatter() {
    assertThat(codec().decodeClient(text(" \r\n\t{ 'type' : 'pong' }\n")))
        .isEqualTo(new ClientMessage.Pong());
  }

  @Test
  void onlyUtf8IsTextAndNothingStandsBeforeIt() {
    for (Charset other : new Charset[] {UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE")}) {
      byte[] wide = "{\"type\":\"pong\"}".getBytes(other);
      assertThat(refusal(wide).code()).isEqualTo(Code.MALFORMED);
    }
    assertThat(refusal(text("\ufeff{'type':'pong'}")).code()).isEqualTo(Code.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c080", "c181", "eda080", "edbfbf", "f4908080", "f8", "ff", "80", "e282"})
  void brokenUtf8IsMalformed(String hex) {
    String message = HexFormat.of().formatHex(text("{'type':'pong','x':'")) + hex + "227d";
    assertThat(refusal(HexFormat.of().parseHex(message)).code()).isEqualTo(Code.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource({"1e400, invalid", "-1e400, invalid", "1e999999999, invalid", "1e-999999999, -"})
  void aNumberFitsADouble(String number, String code) {
    byte[] message = text("{'type':'pong','x':" + number + "}");
    InvalidMessage refusal = refusal(message);
    assertThat(refusal == null ? "-" : refusal.code().wire()).isEqualTo(code);
  }

  @Test
  void aNumberHasAtMost64Digits() {
    assertThat(refusal(text("{'type':'pong','x':" + "9".repeat(65) + "}")).code())
        .isEqualTo(Code.MALFORMED);
    assertThat(refusal(text("{'type':'pong','x':0." + "9".repeat(100_000) + "}")).code())
        .isEqualTo(Code.MALFORMED);
  }

  @Test
  void whatIsNoJsonIsToldWhere() {
    assertThat(sentence(text("{'type':'pong',\n'x':NaN}")))
        .isEqualTo("This is not JSON, at line 2, column 8.");
    assertThat(sentence(text("{'type':'pong','type':'pong'}")))
        .isEqualTo("A field is there twice in one object, at line 1, column 22.");
    assertThat(sentence(text("{'type':" + "9".repeat(65) + "}")))
        .isEqualTo("A number has more than 64 digits.");
    assertThat(sentence(new byte[] {'{', (byte) 0xff}))
        .isEqualTo("This is not UTF-8, as all JSON is.");
  }

  @Test
  void aRefusalNeverRepeatsMuchOfAMessage() {
    String long1 = "{'type':'pong','x':" + "z".repeat(50_000) + "}";
    assertThat(refusal(text(long1)).sentence()).hasSizeLessThan(300);
  }
}
