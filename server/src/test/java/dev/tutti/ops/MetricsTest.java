package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.auth.Grants;
import dev.tutti.auth.Secret;
import dev.tutti.auth.TokenRules;
import dev.tutti.auth.Tokens;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final String SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz";
  private static Observed server;

  @BeforeAll
  static void start() {
    server = Observed.with(Map.of("TUTTI_TOKEN_SECRET", SECRET));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aCommandIsSeenOnItsWholeWay() throws Exception {
    UUID key = UUID.randomUUID();
    String column = "{\"column\":\"todo\",\"title\":\"To do\"}";
    Map<String, Double> before = server.samples();
    assertThat(server.command("board:seen", key, "column.add", column)).isEqualTo(200);
    assertThat(server.command("board:seen", key, "column.add", column)).isEqualTo(200);
    assertThat(server.command("board:seen", UUID.randomUUID(), "no.such", "{}")).isEqualTo(400);
    Map<String, Double> after = server.samples();
    assertThat(grown("tutti_commands_accepted_total", before, after)).isEqualTo(2);
    assertThat(grown("tutti_command_seconds_count", before, after)).isEqualTo(2);
    assertThat(grown("tutti_duplicates_total", before, after)).isEqualTo(1);
    assertThat(grown("tutti_refused_total{code=\"unknown_command\"}", before, after)).isEqualTo(1);
    assertThat(grown("tutti_appends_total{outcome=\"won\"}", before, after)).isEqualTo(1);
    assertThat(grown("tutti_append_events_sum", before, after)).isEqualTo(1);
    assertThat(grown("tutti_commit_seconds_count", before, after)).isEqualTo(1);
    assertThat(grown("tutti_room_loads_total", before, after)).isEqualTo(1);
    assertThat(after.get("tutti_rooms")).isGreaterThanOrEqualTo(1);
    assertThat(after.get("tutti_ready")).isEqualTo(1);
  }

  @Test
  void aConnectionIsSeenFromItsOpeningToTheCodeOfItsEnd() throws Exception {
    Map<String, Double> before = server.samples();
    WebSocket socket =
        server
            .http()
            .newWebSocketBuilder()
            .buildAsync(
                URI.create(server.at("/v1/ws").toString().replaceFirst("http", "ws")),
                new WebSocket.Listener() {})
            .join();
    // What another test has ended may still be there for a moment.
    await().untilAsserted(() -> assertThat(server.samples().get("tutti_connections")).isEqualTo(1));
    socket.sendText("not the protocol", true).join();
    await()
        .untilAsserted(() ->
            assertThat(
                    grown(
                        "tutti_connections_closed_total{by=\"server\",code=\"4400\"}",
                        before,
                        server.samples()))
                .isEqualTo(1));
    assertThat(grown("tutti_connections_opened_total", before, server.samples())).isEqualTo(1);
    await().untilAsserted(() -> assertThat(server.samples().get("tutti_connections")).isEqualTo(0));
  }

  @Test
  void aStreamOfSomebodyWhoMayNotReadIsCountedAsClosedForThat() throws Exception {
    String token =
        new Tokens(Secret.of(SECRET), TokenRules.DEFAULTS, InstantSource.system())
            .mint("bo", "Bo", Grants.NONE, Duration.ofHours(1));
    Map<String, Double> before = server.samples();
    String stream =
        server
            .get(
                "/v1/rooms/board:closed/events",
                "Accept",
                "text/event-stream",
                "Authorization",
                "Bearer " + token)
            .body();
    assertThat(stream).contains("\"code\":\"forbidden\"", "\"code\":4403");
    String closed = "tutti_connections_closed_total{by=\"server\",code=\"4403\"}";
    assertThat(grown(closed, before, server.samples())).isEqualTo(1);
  }

  @Test
  void whatTheJournalIsAskedIsCountedByWhatFor() throws Exception {
    Map<String, Double> before = server.samples();
    UUID key = UUID.randomUUID();
    server.command("board:asked", key, "column.add", "{\"title\":\"To do\"}");
    server.get("/v1/rooms/board:asked/events?after=0");
    Map<String, Double> after = server.samples();
    assertThat(grown("tutti_journal_reads_total{what=\"room\"}", before, after)).isEqualTo(1);
    assertThat(grown("tutti_journal_reads_total{what=\"history\"}", before, after)).isEqualTo(1);
    assertThat(grown("tutti_journal_reads_total{what=\"events\"}", before, after)).isZero();
  }

  @Test
  void theMachineIsSeenToo() throws Exception {
    assertThat(server.samples().keySet())
        .contains(
            "process_uptime_seconds",
            "process_files_open_files",
            "tutti_buffer_bytes",
            "hikaricp_connections_max{pool=\"journal-readers\"}",
            "logback_events_total{level=\"error\"}")
        .anyMatch(name -> name.startsWith("jvm_memory_used_bytes{"))
        .anyMatch(name -> name.startsWith("jvm_gc_"));
    await()
        .untilAsserted(
            () -> assertThat(server.samples().get("tutti_loop_lag_seconds_count")).isPositive());
  }

  @Test
  void noRoomAndNobodyIsNamed() throws Exception {
    server.command("board:unmistakable", UUID.randomUUID(), "no.such", "{}");
    assertThat(server.metrics().body()).doesNotContain("unmistakable", "guest:");
  }

  @Test
  void withoutATokenOnlyThisMachineReads() throws Exception {
    assertThat(server.metrics().statusCode()).isEqualTo(200);
    assertThat(server.metrics().headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(server.metrics("X-Forwarded-For", "203.0.113.7").statusCode()).isEqualTo(403);
    assertThat(server.metrics("Forwarded", "for=203.0.113.7").statusCode()).isEqualTo(403);
  }

  @Test
  void withATokenNobodyReadsWithoutIt() throws Exception {
    String token = "a-token-for-the-metrics";
    try (Observed guarded = Observed.with(Map.of("TUTTI_METRICS_TOKEN", token))) {
      assertThat(guarded.metrics().statusCode()).isEqualTo(401);
      assertThat(guarded.metrics("Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
      assertThat(
              guarded
                  .metrics("Authorization", "Bearer " + token, "X-Forwarded-For", "203.0.113.7")
                  .statusCode())
          .isEqualTo(200);
    }
  }

  private static double grown(String name, Map<String, Double> before, Map<String, Double> after) {
    assertThat(after).containsKey(name);
    return after.get(name) - before.getOrDefault(name, 0.0);
  }
}
