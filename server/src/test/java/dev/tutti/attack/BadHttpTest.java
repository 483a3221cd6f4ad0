package dev.tutti.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same bad input over HTTP: a problem document with the code, or a plain refusal. */
class BadHttpTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String COMMANDS = "/v1/rooms/board:attacked/commands";
  private static Attacked attacked;

  @BeforeAll
  static void start() {
    attacked = Attacked.with(Map.of());
  }

  @AfterAll
  static void stop() {
    attacked.close();
  }

  @AfterEach
  void theBystanderNoticedNothing() throws Exception {
    attacked.bystanderNoticedNothing();
  }

  static Stream<List<String>> bodies() {
    String start = "{\"key\":\"" + UUID.randomUUID() + "\",\"name\":";
    return Stream.of(
        List.of("400", "malformed", "{\"key\""),
        List.of("400", "malformed", ""),
        List.of("400", "malformed", "[]"),
        List.of("400", "malformed", "{\"a\":1,\"a\":2}"),
        List.of("400", "malformed", "{\"a\":" + "[".repeat(10_000)),
        List.of("413", "too_large", "{\"a\":\"" + "x".repeat(70_000) + "\"}"),
        List.of("422", "invalid", "{}"),
        List.of("422", "invalid", "{\"key\":7,\"name\":\"ticket.add\"}"),
        List.of("422", "invalid", "{\"key\":\"1-2-3-4-5\",\"name\":\"ticket.add\"}"),
        List.of("422", "invalid", start + "7}"),
        List.of("422", "invalid", start + "\"ticket.add\",\"args\":[]}"),
        List.of("422", "invalid", start + "\"ticket.add\",\"args\":{}}"),
        List.of("422", "invalid", start + "\"ticket.add\",\"args\":{\"title\":\"\\u0000\"}}"),
        List.of("422", "invalid", start + "\"ticket.add\",\"args\":{\"title\":\"\\ud800\"}}"),
        List.of("422", "invalid", start + "\"ticket.add\",\"expect\":7}"),
        List.of("400", "unknown_command", start + "\"ticket.explode\"}"),
        List.of(
            "404",
            "not_found",
            start + "\"ticket.move\",\"args\":{\"ticket\":\"x\",\"column\":\"y\"}}"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aBadBodyIsAProblem(List<String> statusCodeBody) throws Exception {
    var answer = post(COMMANDS, "application/json", statusCodeBody.get(2));
    assertProblem(answer, Integer.parseInt(statusCodeBody.get(0)), statusCodeBody.get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonx"})
  void anotherKindOfBodyIs415(String type) throws Exception {
    assertProblem(post(COMMANDS, type, "{}"), 415, "unsupported_media_type");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/nothing, 404",
    "/v1/rooms/board:attacked/nothing, 404",
    "/v1/rooms/board:attacked/events/1, 404",
    "/v1/rooms/BOARD:x, 422",
    "/v1/rooms/board, 422",
    "/v1/rooms/board:a%2F..%2Fb, 404",
    "/v1/rooms/nothing:x, 404",
    "/v1/rooms/board:attacked/events?limit=0, 422",
    "/v1/rooms/board:attacked/events?limit=201, 422",
    "/v1/rooms/board:attacked/events?limit=x, 422",
    "/v1/rooms/board:attacked/events?after=-1, 422",
    "/v1/rooms/board:attacked/events?after=9223372036854775808, 422",
    "/v1/rooms/board:attacked/events?after=1&before=2, 422",
    "/v1/rooms/board:attacked/events?after=9223372036854775807, 200",
    "/v1/rooms/board:attacked/events?before=9223372036854775807, 200",
    "/v1/rooms?prefix=%25_%00, 200",
    "/health/nothing, 404"
  })
  void aPathIsAnsweredWithItsStatus(String path, int status) throws Exception {
    var answer = send(HttpRequest.newBuilder(uri(path)).build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    if (status >= 400) {
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /v1/rooms/board:attacked",
    "PUT, /v1/rooms/board:attacked/events",
    "GET, /v1/rooms/board:attacked/commands",
    "POST, /v1/rooms",
    "POST, /health/live"
  })
  void anotherMethodIs405(String method, String path) throws Exception {
    var request = HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.ofString("{}"));
    var answer = send(request.header("Content-Type", "application/json").build());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).isPresent();
  }

  /** As no HTTP client would send them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/....//....//etc/passwd",
        "/board.js%00.html",
        "/\\..\\..\\etc\\passwd",
        "//etc/passwd",
        "/META-INF/MANIFEST.MF",
        "/dev/tutti/cli/build.properties",
        "/logback.xml",
        "/v1/../logback.xml"
      })
  void noPathLeadsOutOfThePages(String path) throws IOException {
    try (var socket = RawSocket.connect(attacked.port())) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
      socket.bytes(request.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(socket.head()).containsPattern("^HTTP/1.1 (400|404|301|308) ");
    }
  }

  @Test
  void brokenRequestsAreAnsweredAndEnded() throws IOException {
    List<String> requests =
        List.of(
            "GARBAGE\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET /" + "a".repeat(5_000) + " HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nX: " + "a".repeat(9_000) + "\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            "POST "
                + COMMANDS
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999\r\n\r\n");
    for (String request : requests) {
      try (var socket = RawSocket.connect(attacked.port())) {
        socket.bytes(request.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(socket.head()).as(request).containsPattern("^HTTP/1.1 4(00|13|14|31) ");
        assertThat(socket.ends()).as(request).isTrue();
      }
    }
  }

  @Test
  void aCommandSentTwiceIsAppliedOnce() throws Exception {
    String body =
        "{\"key\":\"%s\",\"name\":\"column.add\",\"args\":{\"title\":\"Once\"}}"
            .formatted(UUID.randomUUID());
    var first = post(COMMANDS, "application/json; charset=utf-8", body);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    var second = post(COMMANDS, "application/json", body);
    assertThat(JSON.readTree(second.body())).isEqualTo(JSON.readTree(first.body()));
  }

  /** Every name is a room to somebody who asks for it, but not one that has to be kept. */
  @Test
  void roomsThatAreNotThereCostNothing() throws Exception {
    for (int i = 0; i < 600; i++) {
      var answer = send(HttpRequest.newBuilder(uri("/v1/rooms/board:none-" + i)).build());
      assertThat(answer.statusCode()).isEqualTo(200);
      if (i % 200 == 0) {
        attacked.bystanderGoesOn();
      }
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.get("code").stringValue()).isEqualTo(code);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
  }

  private static HttpResponse<String> post(String path, String type, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + attacked.port() + path);
  }
}
