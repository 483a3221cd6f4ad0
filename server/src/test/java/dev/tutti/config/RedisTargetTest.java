package dev.tutti.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.config.ServerConfig.Conclusion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --redis-url} and its relatives mean. */
final class RedisTargetTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "redis://localhost | localhost:6379 | false | - | -",
        "redis://localhost/ | localhost:6379 | false | - | -",
        "redis://localhost:7000/0 | localhost:7000 | false | - | -",
        "rediss://redis.example.com | redis.example.com:6379 | true | - | -",
        "redis://[::1]:6380 | ::1:6380 | false | - | -",
        "redis://:secret@db | db:6379 | false | - | secret",
        "redis://app:secret@db:1 | db:1 | false | app | secret",
        "redis://app@db | db:6379 | false | app | -",
        "redis://app:a%40b%3Ac%2F@db | db:6379 | false | app | a@b:c/",
        "redis://a:1,b:2,c | a:1 b:2 c:6379 | false | - | -",
        "rediss://app:secret@a,b:65535 | a:6379 b:65535 | true | app | secret",
      })
  void aUrlSaysWhereAndWho(String url, String servers, boolean tls, String user, String password) {
    RedisTarget target = RedisTarget.parse(url).orElseThrow();
    assertThat(target.servers())
        .extracting(server -> server.host() + ":" + server.port())
        .containsExactly(servers.split(" "));
    assertThat(target.tls()).isEqualTo(tls);
    assertThat(target.user().orElse(null)).isEqualTo(user);
    assertThat(target.password().orElse(null)).isEqualTo(password);
    assertThat(target.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:6379",
        "http://localhost",
        "redis://",
        "redis:///",
        "redis://:hidden@",
        "redis://:hidden@host:0",
        "redis://:hidden@host:65536",
        "redis://:hidden@host:port",
        "redis://:hidden@host/1",
        "redis://:hidden@host?timeout=1",
        "redis://:hidden@a,,b",
        "redis://:hidden@a b",
        "redis://:hidden%zz@host",
        "redis-sentinel://:hidden@host",
      })
  void anythingElseIsRefusedWithASentenceThatDoesNotShowIt(String url) {
    assertThat(problems(Map.of(Setting.REDIS_URL, url), Map.of()))
        .containsExactly("--redis-url must look like redis://host:6379 or rediss://host:6379.");
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertThat(
            problems(
                Map.of(Setting.REDIS_URL, "redis://app:secret@db", Setting.REDIS_USER, "app"),
                Map.of("TUTTI_REDIS_PASSWORD", "secret")))
        .containsExactly(
            "The Redis user is given twice: by itself and in --redis-url.",
            "The Redis password is given twice: by itself and in --redis-url.");
    assertThat(problems(Map.of(), Map.of("TUTTI_REDIS_PASSWORD", "secret")))
        .containsExactly("A user, password or certificate of Redis is given, but no --redis-url.");
    assertThat(
            problems(
                Map.of(Setting.REDIS_URL, "redis://db", Setting.REDIS_CA_FILE, "no/such.pem"),
                Map.of()))
        .containsExactly(
            "The file no/such.pem of --redis-ca-file cannot be read.",
            "--redis-ca-file is for rediss://, and --redis-url is not encrypted.");
  }

  private static List<String> problems(Map<Setting, String> options, Map<String, String> secrets) {
    Map<Setting, List<String>> given = new HashMap<>();
    options.forEach((setting, text) -> given.put(setting, List.of(text)));
    return switch (ServerConfig.conclude(new Given(given, secrets))) {
      case Conclusion.Refused(List<String> problems) -> problems;
      case Conclusion.Concluded(ServerConfig config) -> List.of();
    };
  }
}
