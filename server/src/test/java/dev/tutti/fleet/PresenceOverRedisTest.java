package dev.tutti.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.Server;
import dev.tutti.fault.Proxy;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.redis.embedded.TestRedis;
import dev.tutti.trouble.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is there, over two servers and a real Redis. Time is moved on rather than waited for. */
final class PresenceOverRedisTest {
  /** An instance that was silent for longer has no members any more: docs/decisions/0017. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private static final AtomicLong ahead = new AtomicLong();
  private static final InstantSource CLOCK = () -> Instant.now().plusMillis(ahead.get());

  private static TestRedis redis;

  /** Between the first server and Redis. */
  private static Proxy line;

  private static Server first;
  private static Server second;

  @BeforeAll
  static void start() {
    redis = TestRedis.started();
    line = Proxy.before(redis.port());
    var database = TestPostgres.database().acceptingVolatile();
    first = TestServer.over(database, redis.url(line.port()), CLOCK);
    second = TestServer.over(database, redis.url(), CLOCK);
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
    line.close();
    redis.close();
  }

  private static Onlooker comes(String name, Server to, String room) {
    return new Onlooker(to.address().getPort(), name, room);
  }

  private static void until(Onlooker who, String... names) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(who.sees()).isEqualTo(List.of(names)));
  }

  @Test
  void whoComesIsSeenOnTheOtherInstanceAndWhoGoesIsGoneAtOnce() {
    try (var bo = comes("Bo", second, "board:door")) {
      var ana = comes("Ana", first, "board:door");
      until(bo, "Ana", "Bo");
      until(ana, "Ana", "Bo");
      long before = System.nanoTime();
      ana.close();
      until(bo, "Bo");
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .as("long before silence would tell")
          .isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void anInstanceThatFallsSilentHasNobodyAfterFifteenSecondsAndAllOfThemWhenItIsBack()
      throws Exception {
    try (var bo = comes("Bo", second, "board:split");
        var ana = comes("Ana", first, "board:split")) {
      until(bo, "Ana", "Bo");
      until(ana, "Ana", "Bo");
      line.freeze();
      await().until(ana::isToldOfTrouble);
      assertThat(ready(first)).startsWith("200 ").contains("\"status\":\"degraded\"");
      assertThat(ready(second)).startsWith("200 ").contains("\"status\":\"ready\"");
      assertThat(bo.isToldOfTrouble()).isFalse();
      assertThat(bo.sees()).as("a moment without a word is no end").containsExactly("Ana", "Bo");
      ahead.addAndGet(SILENCE.toMillis() + 1_000);
      until(bo, "Bo");
      line.thaw();
      until(bo, "Ana", "Bo");
      until(ana, "Ana", "Bo");
      await().until(() -> !ana.isToldOfTrouble());
    }
  }

  private static String ready(Server server) throws Exception {
    var ask = HttpRequest.newBuilder(URI.create(server.url() + "/health/ready")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer = http.send(ask, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }
}
