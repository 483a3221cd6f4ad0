package dev.tutti.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Messages that are wrong, by somebody who has said hello: refused, and the connection stays. */
class BadMessagesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEY = "0192f0c1-7b3e-7d1a-9c4f-2a6b8e0d1f35";
  private static final String END =
      "{\"type\":\"unsubscribe\",\"id\":77,\"room\":\"board:nowhere\"}";
  private static Attacked attacked;

  @BeforeAll
  static void start() {
    attacked = Attacked.with(Map.of("--max-messages-per-second", "5000"));
  }

  @AfterAll
  static void stop() {
    attacked.close();
  }

  @AfterEach
  void theBystanderNoticedNothing() throws Exception {
    attacked.bystanderNoticedNothing();
  }

  static Stream<List<String>> wrong() {
    String command =
        "{\"type\":\"command\",\"id\":5,\"room\":\"board:bad\",\"key\":\"" + KEY + "\",";
    String add = command + "\"name\":\"ticket.add\",\"args\":";
    return Stream.of(
        List.of("malformed", "{\"type\":\"command\",\"id\":5"),
        List.of("malformed", ""),
        List.of("malformed", "[]"),
        List.of("malformed", "null"),
        List.of("malformed", "7"),
        List.of("malformed", "{}"),
        List.of("malformed", "{} {}"),
        List.of("malformed", "{\"type\":7}"),
        List.of("malformed", "{'type':'pong'}"),
        List.of("malformed", "{\"type\":\"pong\",}"),
        List.of("malformed", "\uFEFF{\"type\":\"pong\"}"),
        List.of("malformed", "{\"type\":\"pong\",\"type\":\"hello\"}"),
        List.of("malformed", add + "{\"title\":\"a\",\"title\":\"b\"}}"),
        List.of("malformed", "{\"type\":\"pong\",\"x\":" + "[".repeat(10_000)),
        List.of(
            "malformed",
            "{\"type\":\"pong\",\"x\":" + "{\"a\":".repeat(9_000) + "1" + "}".repeat(9_001)),
        List.of("malformed", "{\"type\":\"pong\",\"x\":" + "9".repeat(10_000) + "}"),
        List.of("malformed", "{\"type\":\"pong\",\"x\":NaN}"),
        List.of("unknown_type", "{\"type\":\"dance\",\"id\":5}"),
        List.of("unknown_type", "{\"type\":\"welcome\"}"),
        List.of("invalid", "{\"type\":\"pong\",\"x\":1e400}"),
        List.of("invalid", "{\"type\":\"pong\",\"x\":\"a\\u0000b\"}"),
        List.of("invalid", "{\"type\":\"pong\",\"x\":\"\\ud800\"}"),
        List.of("invalid", "{\"type\":\"pong\",\"\\udc00\":1}"),
        List.of(
            "invalid", "{\"type\":\"unsubscribe\",\"id\":99999999999999999999,\"room\":\"a:b\"}"),
        List.of("invalid", "{\"type\":\"unsubscribe\",\"id\":-1,\"room\":\"board:b\"}"),
        List.of("invalid", "{\"type\":\"subscribe\",\"id\":5,\"room\":\"board:../../etc\"}"),
        List.of("unknown_room", "{\"type\":\"subscribe\",\"id\":5,\"room\":\"nothing:x\"}"),
        List.of("unknown_command", command + "\"name\":\"ticket.explode\"}"),
        List.of("unknown_command", command + "\"name\":\"access.explode\"}"),
        List.of("invalid", add + "{\"column\":\"todo\"}}"),
        List.of("invalid", add + "{\"column\":\"todo\",\"title\":\"" + "x".repeat(5_000) + "\"}}"),
        List.of("invalid", add + "{\"column\":\"todo\",\"title\":\"a\\u0000\"}}"),
        List.of("not_found", add + "{\"column\":\"nowhere\",\"title\":\"a\"}}"),
        List.of(
            "invalid",
            "{\"type\":\"history\",\"id\":5,\"room\":\"board:b\",\"after\":1,\"before\":2}"),
        List.of("invalid", "{\"type\":\"history\",\"id\":5,\"room\":\"board:b\",\"limit\":0}"),
        List.of("invalid", "{\"type\":\"presence\",\"room\":\"board:b\",\"state\":{}}"),
        List.of("invalid", "{\"type\":\"signal\",\"room\":\"board:b\",\"topic\":\"t\"}"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void isRefusedWithItsCodeAndTheConnectionStays(List<String> codeAndMessage) throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      JsonNode refused = socket.ask(codeAndMessage.getLast(), "refused");
      assertThat(refused.get("code").stringValue()).isEqualTo(codeAndMessage.getFirst());
      assertThat(refused.get("message").stringValue()).isNotBlank();
      assertThat(socket.ask(END, "refused").get("id").intValue()).isEqualTo(77);
    }
  }

  @Test
  void everyFieldOfEveryMessageMayHaveTheWrongType() throws IOException {
    List<String> templates =
        List.of(
            "{\"type\":\"hello\",\"token\":\"\",\"name\":\"M\",\"client\":\"c\"}",
            "{\"type\":\"subscribe\",\"id\":1,\"room\":\"board:f\",\"after\":1,\"epoch\":\"e\"}",
            "{\"type\":\"unsubscribe\",\"id\":1,\"room\":\"board:f\"}",
            "{\"type\":\"command\",\"id\":1,\"room\":\"board:f\",\"key\":\""
                + KEY
                + "\",\"name\":\"column.add\",\"args\":{\"title\":\"x\"},\"expect\":{}}",
            "{\"type\":\"presence\",\"room\":\"board:f\",\"state\":{}}",
            "{\"type\":\"signal\",\"room\":\"board:f\",\"topic\":\"t\",\"data\":{}}",
            "{\"type\":\"history\",\"id\":1,\"room\":\"board:f\",\"before\":1,\"limit\":1}");
    List<String> values =
        List.of("7", "-7", "1.5", "\"x\"", "\"\"", "[]", "[{}]", "{}", "true", "null");
    int tried = 0;
    for (String template : templates) {
      ObjectNode message = (ObjectNode) JSON.readTree(template);
      for (String field : List.copyOf(message.propertyNames())) {
        for (String value : values) {
          ObjectNode variant = message.deepCopy();
          variant.set(field, JSON.readTree(value));
          tryOne(variant);
          tried++;
        }
        tryOne(message.deepCopy().without(field));
      }
    }
    System.out.println("wrong types tried: " + tried);
  }

  /** A wrong second hello may end the connection, as 4401; nothing else may. */
  private static void tryOne(ObjectNode message) throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      socket.text(message.toString());
      socket.text(END);
      List<String> codes = new ArrayList<>();
      while (true) {
        RawSocket.Frame frame = socket.frame();
        if (frame.opcode() == RawSocket.CLOSE) {
          assertThat(frame.closeCode()).as(message.toString()).isEqualTo(4401);
          assertThat(message.path("type").stringValue("")).isEqualTo("hello");
          return;
        }
        JsonNode answer = JSON.readTree(frame.payload());
        if (answer.path("id").intValue(0) == 77) {
          break;
        }
        if (answer.has("code") && answer.path("type").stringValue("").equals("refused")) {
          codes.add(answer.get("code").stringValue());
        }
      }
      assertThat(codes).as(message.toString()).isSubsetOf(EXPECTED);
    }
  }

  private static final Set<String> EXPECTED =
      Set.of("malformed", "invalid", "unknown_type", "unknown_room", "unknown_command");

  @Test
  void unknownFieldsAreIgnored() throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      JsonNode subscribed =
          socket.ask(
              "{\"type\":\"subscribe\",\"id\":1,\"room\":\"board:bad\",\"colour\":{\"deep\":[1]}}",
              "subscribed");
      assertThat(subscribed.get("seq").longValue()).isZero();
      assertThat(
              socket
                  .ask(
                      "{\"type\":\"history\",\"id\":2,\"room\":\"board:attacked\",\"limit\":1,\"x\":1}",
                      "history")
                  .get("events")
                  .size())
          .isOne();
    }
  }

  @ParameterizedTest
  @CsvSource({"after, 9223372036854775807", "before, 9223372036854775807", "before, 0"})
  void theLargestNumbersAreNumbers(String field, String value) throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      String ask = "{\"type\":\"history\",\"id\":9223372036854775807,\"room\":\"board:attacked\",";
      JsonNode page =
          socket.ask(ask + "\"" + field + "\":" + value + ",\"limit\":4294967297}", "history");
      assertThat(page.get("id").longValue()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void keyReuseAndExpectationsAreToldApart() throws IOException {
    try (var socket = attacked.guest("Mallory")) {
      String add = command("column.add", "{\"column\":\"a\",\"title\":\"A\"}", "");
      long seq = socket.ask(add, "accepted").get("seq").longValue();
      assertThat(socket.ask(add, "accepted").get("seq").longValue()).isEqualTo(seq);
      JsonNode reused =
          socket.ask(command("column.add", "{\"column\":\"b\",\"title\":\"B\"}", ""), "refused");
      assertThat(reused.get("code").stringValue()).isEqualTo("key_reused");
      JsonNode stale =
          socket.ask(
              command(
                      "column.rename",
                      "{\"column\":\"a\",\"title\":\"C\"}",
                      ",\"expect\":{\"columns\":{\"a\":{\"title\":\"Z\"}}}")
                  .replace(KEY, "0192f0c1-7b3e-7d1a-9c4f-2a6b8e0d1f36"),
              "refused");
      assertThat(stale.get("code").stringValue()).isEqualTo("stale");
      assertThat(stale.at("/details/current/columns/a/title").stringValue()).isEqualTo("A");
    }
  }

  private static String command(String name, String args, String more) {
    return "{\"type\":\"command\",\"id\":1,\"room\":\"board:reuse\",\"key\":\""
        + KEY
        + "\",\"name\":\""
        + name
        + "\",\"args\":"
        + args
        + more
        + "}";
  }

  @Test
  void aSubscriberFromTheFutureWhoIsGoneAtOnceLeavesNoGhost() throws IOException {
    String epoch;
    try (var socket = attacked.guest("Mallory")) {
      epoch =
          socket
              .ask("{\"type\":\"subscribe\",\"id\":1,\"room\":\"board:attacked\"}", "subscribed")
              .get("epoch")
              .stringValue();
    }
    String ahead =
        "{\"type\":\"subscribe\",\"id\":1,\"room\":\"board:attacked\",\"after\":9223372036854775807,"
            + "\"epoch\":\""
            + epoch
            + "\"}";
    String leave = "{\"type\":\"unsubscribe\",\"id\":2,\"room\":\"board:attacked\"}";
    try (var socket = attacked.guest("Ghost")) {
      for (int i = 0; i < 50; i++) {
        socket.text(ahead);
        socket.ask(leave, "unsubscribed");
      }
      // Everyone who is in the room is seen by the next one.
      JsonNode members = socket.ask(ahead, "subscribed").get("members");
      assertThat(members.size()).isEqualTo(2);
    }
  }
}
