package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Limits;
import dev.tutti.session.Connection;
import dev.tutti.session.Gateway.Health;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {
  private static final String KEY = "0192f0c1-0000-7000-8000-000000000001";
  private static final String COMMAND = "{\"key\":\"" + KEY + "\",\"name\":\"a.b\",\"args\":{}}";
  private static final String OPTIONS =
      "OPTIONS /v1/rooms/board:a HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\n"
          + "Access-Control-Request-Method: GET\r\n\r\n";

  private final Running server =
      Running.with((origin, _) ->
          origin.filter(page -> page.contains("evil")).map(_ -> "Not from that page."));

  @AfterEach
  void stop() {
    server.close();
  }

  private RawClient.Answer ask(String request) throws IOException {
    try (var client = new RawClient(server)) {
      client.say(request);
      return client.answer(!request.startsWith("HEAD"));
    }
  }

  private RawClient.Answer get(String path, String... headers) throws IOException {
    return ask("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + lines(headers) + "\r\n");
  }

  private RawClient.Answer post(String body, String... headers) throws IOException {
    String head = "POST /v1/rooms/board:a/commands HTTP/1.1\r\nHost: a\r\nContent-Length: ";
    return ask(head + body.length() + "\r\n" + lines(headers) + "\r\n" + body);
  }

  private static String lines(String... headers) {
    return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
    try (var client = new RawClient(server)) {
      client.say(
          "GET /v1/rooms/board:first HTTP/1.1\r\nHost: a\r\n\r\n" // answered from another thread
              + "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"
              + "HEAD /v1/rooms/board:third HTTP/1.1\r\nHost: a\r\n\r\n"
              + "GET /v1/rooms/board:fourth HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.answer().text()).contains("board:first");
      assertThat(client.answer().text()).contains("live");
      assertThat(client.answer(false).header("Content-Length")).isEqualTo("22");
      assertThat(client.answer().text()).contains("board:fourth");
    }
  }

  @Test
  void aThousandPipelinedRequestsAreAnswered() throws IOException {
    try (var client = new RawClient(server)) {
      client.say("GET /v1/rooms/board:a HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000));
      for (int i = 0; i < 1_000; i++) {
        assertThat(client.answer().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aDocumentHasAVersionAndIsNotSentTwice() throws IOException {
    assertThat(get("/v1/rooms/board:a").header("ETag")).isEqualTo("\"e1-5\"");
    var again = get("/v1/rooms/board:a", "If-None-Match: \"e1-5\"");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get("/v1/rooms/board:a", "If-None-Match: \"e1-4\"").status()).isEqualTo(200);
  }

  @Test
  void aCommandIsCompletedByItsRoomAndKey() throws Exception {
    var answer =
        post(
            "{\"name\":\"a.b\",\"args\":{\"x\":1}}",
            "Content-Type: application/json; charset=utf-8",
            "Authorization: Bearer t",
            "Idempotency-Key: \"" + KEY + "\"");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"seq\":1}");
    var command = (dev.tutti.protocol.ClientMessage.Command) server.gateway.commands.take();
    assertThat(command.room().value()).isEqualTo("board:a");
    assertThat(command.key()).hasToString(KEY);
    assertThat(command.args().get("x").asInt()).isEqualTo(1);
  }

  @Test
  void withoutATokenTheAnswerAsksForOne() throws IOException {
    var answer = post(COMMAND, "Content-Type: application/json");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void aBodyOfAnotherTypeIsRefused() throws IOException {
    assertThat(post(COMMAND, "Content-Type: text/plain").status()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"key\":", "[]", "", "{\"a\":1,\"a\":2}", "{\"key\":\"k\"} {}"})
  void aBodyThatIsNoCommandIsAProblem(String body) throws IOException {
    var answer = post(body, "Content-Type: application/json", "Authorization: Bearer t");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("\"code\":\"malformed\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/v1/rooms", "/", "/metrics", "/v1/ws"})
  void whatIsNotHttp1OrForTwoHostsIsRefusedWhereverItGoes(String path) throws IOException {
    for (String version : new String[] {"2.0", "3.0", "0.9"}) {
      var answer = ask("GET " + path + " HTTP/" + version + "\r\nHost: a\r\n\r\n");
      assertThat(answer.status()).as(version).isEqualTo(505);
    }
    var answer = ask("GET " + path + " HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("A request has one Host.");
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedByItsHeader() throws IOException {
    var answer =
        ask(
            "POST /v1/rooms/board:a/commands HTTP/1.1\r\n"
                + "Host: a\r\n"
                + "Content-Length: 99999999\r\n\r\n");
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.header("Connection")).isEqualTo("close");
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedWhileItComes() throws IOException {
    try (var client = new RawClient(server)) {
      client.say(
          "POST /v1/rooms/board:a/commands HTTP/1.1\r\nHost: a\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
      byte[] chunk = ("1000\r\n" + "a".repeat(4_096) + "\r\n").getBytes();
      client.pour(chunk, 1_000);
      assertThat(client.answer().status()).isEqualTo(413);
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToGoOn() throws IOException {
    try (var client = new RawClient(server)) {
      client.say(
          "POST /v1/rooms/board:a/commands HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
              + "Content-Type: application/json\r\nAuthorization: Bearer t\r\nContent-Length: "
              + COMMAND.length()
              + "\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(100);
      client.say(COMMAND);
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void hugeHeadersAndLinesAreRefused() throws IOException {
    assertThat(get("/", "X: " + "a".repeat(20_000)).status()).isEqualTo(431);
    assertThat(get("/" + "a".repeat(20_000)).status()).isEqualTo(414);
  }

  @Test
  void whatIsNotHttpIsRefused() throws IOException {
    assertThat(ask("\u0016\u0003\u0001 tls\r\n\r\n").status()).isEqualTo(400);
    assertThat(ask("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(400);
    assertThat(get("/%zz").status()).isEqualTo(400);
  }

  @Test
  void twoLengthsAreRefused() throws IOException {
    var answer =
        ask(
            "POST /v1/rooms/board:a/commands HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
                + "Content-Length: 4\r\n\r\nabcd");
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void eachPathSaysWhatItCanDo() throws IOException {
    assertThat(ask("DELETE /v1/rooms/board:a HTTP/1.1\r\nHost: a\r\n\r\n").header("Allow"))
        .isEqualTo("GET, HEAD, OPTIONS");
    assertThat(get("/v1/rooms/board:a/commands").header("Allow")).isEqualTo("POST, OPTIONS");
    assertThat(get("/v1/rooms/board:a/else").status()).isEqualTo(404);
    var asked = ask("OPTIONS /v1/rooms/board:a HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    assertThat(get("/v1/ws").status()).isEqualTo(426);
    assertThat(get("/v1/rooms/nonsense").text()).contains("\"code\":\"invalid\"", "board:launch");
  }

  @Test
  void historyIsAskedForByPage() throws IOException {
    assertThat(get("/v1/rooms/board:a/events?before=9&limit=3").text())
        .isEqualTo("{\"before\":9,\"after\":null,\"limit\":3}");
    assertThat(get("/v1/rooms/board:a/events?limit=0").status()).isEqualTo(422);
    assertThat(get("/v1/rooms/board:a/events?after=x").status()).isEqualTo(422);
    assertThat(get("/v1/rooms/board:a/events?before=9&after=3").text())
        .contains("Ask for events before a seq or after one, not both.");
    for (String limit : List.of("-1", "0", "x", "201", "2.0")) {
      assertThat(get("/v1/rooms?limit=" + limit).text())
          .contains("limit is a whole number from 1 to 200.");
    }
    assertThat(get("/v1/rooms?prefix=board:").text()).isEqualTo("[\"board:demo\"]");
  }

  @Test
  void healthTellsReadyFromLive() throws IOException {
    server.gateway.health = new Health(false, "PostgreSQL is away.");
    assertThat(get("/health/live").status()).isEqualTo(200);
    assertThat(get("/health/ready").status()).isEqualTo(503);
    assertThat(get("/health/ready").text()).contains("PostgreSQL is away.");
  }

  @Test
  void pagesThatAreNotLetInGetNothing() throws IOException {
    assertThat(get("/v1/rooms/board:a", "Origin: https://evil.example").status()).isEqualTo(403);
    try (var client = new RawClient(server)) {
      client.say(RawClient.handshake("Origin: https://evil.example\r\n"));
      assertThat(client.answer().status()).isEqualTo(403);
    }
  }

  @Test
  void pagesThatAreLetInMayReadTheAnswer() throws IOException {
    var answer = get("/v1/rooms/board:a", "Origin: https://app.example");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    var preflight = ask(OPTIONS);
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Idempotency-Key");
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
  }

  @Test
  void aStreamOfEventsResumesBehindTheLast() throws Exception {
    Connection connection;
    try (var client = new RawClient(server)) {
      client.say(
          "GET /v1/rooms/board:a/events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n"
              + "Last-Event-ID: l:ife:6\r\n\r\n");
      assertThat(client.answer().header("Content-Type")).isEqualTo("text/event-stream");
      assertThat(client.event())
          .isEqualTo(
              "id: life:7\ndata: {\"type\":\"events\",\"held\":\"Held[epoch=l:ife, seq=6]\"}\n\n");
      connection = EchoGateway.next(server.gateway.opened);
      connection
          .loop()
          .execute(
              () -> connection.close(dev.tutti.protocol.CloseCode.RESTARTING, "Back soon.", 900));
      assertThat(client.event()).contains("\"type\":\"bye\"");
      assertThat(client.event()).isEqualTo("retry: 900\n\n");
      assertThat(client.ended()).isTrue();
    }
    assertThat(EchoGateway.next(server.gateway.closed)).isSameAs(connection);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"6", ":6", "life:", "life:-1", "life:99999999999999999999", "life:6x", ""})
  void whatIsNoIdOfOursResumesNothing(String id) throws Exception {
    try (var client = new RawClient(server)) {
      client.say(
          "GET /v1/rooms/board:a/events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n"
              + "Last-Event-ID: "
              + id
              + "\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.event()).contains("\"held\":\"null\"");
    }
  }

  @Test
  void aStreamThatIsRefusedIsAProblem() throws IOException {
    var answer = get("/v1/rooms/secret:a/events", "Accept: text/event-stream");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).contains("\"detail\":\"Not for you.\"");
  }

  @Test
  void aConnectionTooManyIsTurnedAway() throws IOException {
    var two =
        new SocketLimits(
            128, 2, 9, 9_000, 9_000, 9_000, 9_000, 500, 4_096, 8_192, 16_384, 32_768, 16_384,
            1 << 20);
    try (var small = Running.with(two, Limits.DEFAULTS, false)) {
      var first = RawClient.webSocket(small);
      var second = RawClient.webSocket(small);
      try (var third = new RawClient(small)) {
        var answer = third.answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("10");
      }
      second.text("unharmed");
      assertThat(second.frame().text()).isEqualTo("unharmed");
      first.close();
      second.close();
    }
  }

  @Test
  void aPortInUseIsSaidInOneSentence() {
    var taken =
        new TransportConfig(
            "127.0.0.1",
            server.port(),
            Optional.empty(),
            false,
            List.of(),
            Running.SOCKETS,
            Limits.DEFAULTS);
    var codecs = new dev.tutti.protocol.Codecs(Limits.DEFAULTS);
    org.assertj.core.api.Assertions.assertThatThrownBy(() ->
            TransportServer.start(
                taken, server.loops, codecs, (_, _) -> Optional.empty(), server.gateway))
        .isInstanceOf(dev.tutti.config.CannotStart.class)
        .hasMessageContaining("Port " + server.port());
  }
}
