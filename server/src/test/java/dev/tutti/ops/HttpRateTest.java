package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.auth.Grants;
import dev.tutti.auth.Secret;
import dev.tutti.auth.TokenRules;
import dev.tutti.auth.Tokens;
import dev.tutti.protocol.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands over HTTP come as fast as those of one WebSocket, by whatever number of connections. */
class HttpRateTest {
  private static final String SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz";
  private static final int BURST = 5;
  private static final JsonMapper JSON = new JsonMapper();
  private static Observed server;

  @BeforeAll
  static void start() {
    server =
        Observed.with(
            Map.of(
                "TUTTI_TOKEN_SECRET",
                SECRET,
                "TUTTI_MAX_MESSAGES_PER_SECOND",
                "1",
                "TUTTI_MAX_BURST",
                Integer.toString(BURST),
                "TUTTI_TRUSTED_PROXIES",
                "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> post(String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.at("/v1/rooms/" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    request.headers(headers);
    return server.http().send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> command(String... headers) throws Exception {
    String body =
        "{\"key\":\"%s\",\"name\":\"column.add\",\"args\":{\"title\":\"x\"}}"
            .formatted(UUID.randomUUID());
    return post("board:fast/commands", body, headers);
  }

  private static String[] as(String user) {
    String token =
        new Tokens(Secret.of(SECRET), TokenRules.DEFAULTS, InstantSource.system())
            .mint(user, user, Grants.everywhere(Role.EDITOR), Duration.ofHours(1));
    return new String[] {"Authorization", "Bearer " + token};
  }

  private static void sendsTooMuch(String... headers) throws Exception {
    HttpResponse<String> last = command(headers);
    for (int i = 1; last.statusCode() == 200; i++) {
      assertThat(i).isLessThanOrEqualTo(BURST + 60);
      last = command(headers);
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("Retry-After")).hasValue("1");
    JsonNode problem = JSON.readTree(last.body());
    assertThat(problem.get("code").stringValue()).isEqualTo("too_fast");
    assertThat(problem.at("/details/retryAfterMillis").intValue()).isBetween(1, 1_000);
  }

  @Test
  void aUserThatSendsTooMuchIsToldToWaitAndNobodyElse() throws Exception {
    sendsTooMuch(as("ana"));
    assertThat(command(as("bo")).statusCode()).isEqualTo(200);
  }

  @Test
  void guestsAreHeldToItByTheAddressThatTheyComeFrom() throws Exception {
    sendsTooMuch("X-Forwarded-For", "192.0.2.1");
    assertThat(command("X-Forwarded-For", "192.0.2.2").statusCode()).isEqualTo(200);
  }

  @Test
  void readingsAreCountedByTheRequestHoweverManyItBrings() throws Exception {
    String[] who = as("meter");
    String add =
        "{\"key\":\"%s\",\"name\":\"widget.add\",\"args\":{\"widget\":\"w\",\"kind\":\"table\",\"title\":\"T\"}}"
            .formatted(UUID.randomUUID());
    assertThat(post("dashboard:fast/commands", add, who).statusCode()).isEqualTo(200);
    StringBuilder values = new StringBuilder("{\"values\":[");
    for (int i = 0; i < 200; i++) {
      values.append(i == 0 ? "" : ",").append("{\"widget\":\"w\",\"series\":\"s").append(i);
      values.append("\",\"value\":1}");
    }
    String body = values.append("]}").toString();
    for (int i = 0; i < BURST - 1; i++) {
      assertThat(post("dashboard:fast/values", body, who).statusCode()).isEqualTo(200);
    }
  }
}
