package dev.tutti.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.probe.Client;
import dev.tutti.probe.Moves;
import dev.tutti.process.Ports;
import dev.tutti.redis.embedded.TestRedis;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing that a server writes, at any level and whatever fails, holds a secret. */
final class SecretsTest {
  private static final String TOKEN_SECRET = "signs-the-tokens-0123456789-abcdefgh";
  private static final String METRICS = "reads-the-metrics-0123456789";
  private static final List<String> TALKATIVE =
      List.of("--log-level", "trace", "--accept-volatile-postgres", "--drain-seconds", "1");
  private static final Map<String, String> SECRETS =
      Map.of("TUTTI_TOKEN_SECRET", TOKEN_SECRET, "TUTTI_METRICS_TOKEN", METRICS);

  private final Path data = TestPostgres.folder().resolve("data");
  private final PostgresSettings database = TestPostgres.database();

  @Test
  void aServerThatLivesAndLosesRedisWritesDownNoSecret() throws Exception {
    try (TestRedis redis = TestRedis.started()) {
      int port = Ports.free();
      var server = start(port, url(database.password()), redis.url()).awaitReady();
      String token;
      try (var client = new Client(port, "Ana", "board:secrets", () -> {}).start()) {
        Moves.prepare(client, 1);
        token = client.guestToken().orElseThrow();
        redis.kill();
        await().until(() -> server.output().contains("Going on without Redis"));
      }
      assertThat(server.terminate()).isZero();
      assertThat(server.output())
          .contains(" INFO ")
          .doesNotContain(database.password(), redis.password(), TOKEN_SECRET, METRICS, token);
    }
  }

  @Test
  void aServerThatCannotStartWritesDownNoSecret() throws Exception {
    var wrong = start(0, url("a-wrong-password"), "redis://:nobody-s-password@127.0.0.1:1");
    var misread = start(0, url("a-wrong-password"), "redis://:nobody-s-password@127.0.0.1:none");
    assertThat(wrong.exitCode()).isOne();
    assertThat(wrong.output()).contains("tutti: PostgreSQL cannot be reached");
    assertThat(misread.exitCode()).isEqualTo(2);
    assertThat(misread.output()).contains("--redis-url must look like");
    assertThat(wrong.output() + misread.output())
        .doesNotContain("a-wrong-password", "nobody-s-password", TOKEN_SECRET, METRICS);
  }

  private ServerProcess start(int port, String postgres, String redis) throws Exception {
    var environment = new HashMap<>(SECRETS);
    // The product's own layout of the log, in the place of the tests'.
    environment.put("JDK_JAVA_OPTIONS", "-Dlogback.configurationFile=logback.xml");
    environment.put("TUTTI_POSTGRES_URL", postgres);
    environment.put("TUTTI_REDIS_URL", redis);
    return ServerProcess.start(data, port, TALKATIVE, environment);
  }

  private String url(String password) {
    return database
        .jdbcUrl()
        .substring("jdbc:".length())
        .replaceFirst("//", "//" + database.user() + ":" + password + "@");
  }
}
