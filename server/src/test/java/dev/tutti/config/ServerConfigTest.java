package dev.tutti.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.auth.Authentication;
import dev.tutti.auth.Grants;
import dev.tutti.auth.Secret;
import dev.tutti.auth.Tokens;
import dev.tutti.config.ServerConfig.Conclusion;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
  private static final String SECRET = "a-secret-of-more-than-32-bytes-for-tests";

  @TempDir private Path directory = Path.of(".");

  @Test
  void aServerThatIsToldNothingIsSafe() {
    ServerConfig config = ServerConfig.defaults();
    assertThat(config.network().host()).isEqualTo("127.0.0.1");
    assertThat(config.network().port()).isEqualTo(8080);
    assertThat(config.network().loops()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(config.network().loopback()).isTrue();
    assertThat(config.access().guests()).isTrue();
    assertThat(config.access().guestRole()).isEqualTo(Role.EDITOR);
    assertThat(config.storage().data()).isEqualTo(Path.of("./data"));
    assertThat(config.storage().external()).isEmpty();
    assertThat(config.limits()).isEqualTo(Limits.DEFAULTS);
  }

  @Test
  void everyProblemIsSaidAtOnce() {
    assertThat(
            problems(
                Map.of(
                    Setting.PORT, "70000",
                    Setting.HOST, "0.0.0.0",
                    Setting.LANES, "many",
                    Setting.LOG_FORMAT, "xml",
                    Setting.ALLOW_ORIGIN, "example.com",
                    Setting.TRUSTED_PROXIES, "10.0.0.0/8, balancer",
                    Setting.MAX_PATCH_BYTES, "9000000",
                    Setting.POSTGRES_USER, "ana"),
                Map.of("TUTTI_TOKEN_ISSUER", " ", "TUTTI_COMPRESSION", "perhaps")))
        .hasSize(10)
        .anyMatch(p -> p.startsWith("--trusted-proxies: \"balancer\" is no range of addresses"))
        .anyMatch(p -> p.equals("--port is \"70000\"; it must be a whole number from 0 to 65535."))
        .anyMatch(p -> p.contains("--allow-guests"))
        .anyMatch(p -> p.startsWith("--lanes is \"many\""))
        .anyMatch(p -> p.contains("text or json"))
        .anyMatch(p -> p.startsWith("\"example.com\" is not an origin"))
        .anyMatch(p -> p.startsWith("--max-patch-bytes is over"))
        .anyMatch(p -> p.contains("no --postgres-url"))
        .anyMatch(p -> p.equals("TUTTI_TOKEN_ISSUER is blank."))
        .anyMatch(p -> p.startsWith("TUTTI_COMPRESSION is \"perhaps\""));
  }

  @ParameterizedTest
  @EnumSource
  void aNumberOutsideItsRangeIsRefusedAndItsEndsAreTaken(Setting setting) {
    if (!setting.isNumber()) {
      return;
    }
    int fallback = Integer.parseInt(setting.fallback());
    assertThat(fallback).isBetween(setting.min(), setting.max());
    for (String bad : List.of("" + (setting.min() - 1), "" + (setting.max() + 1L), "1e3", "0x10")) {
      assertThat(problems(Map.of(setting, bad), Map.of())).isNotEmpty();
    }
    for (int good : List.of(setting.min(), setting.max())) {
      Stream<String> problems = problems(Map.of(setting, "" + good), Map.of()).stream();
      assertThat(problems).noneMatch(problem -> problem.contains("whole number"));
    }
  }

  @Test
  void theEnvironmentSaysTheSameAndOptionsComeFirst() {
    Map<String, String> environment =
        Map.of("TUTTI_PORT", "9000", "TUTTI_ALLOW_GUESTS", "false", "TUTTI_LANES", "");
    assertThat(config(Map.of(), environment).network().port()).isEqualTo(9000);
    assertThat(config(Map.of(), environment).access().guests()).isFalse();
    assertThat(config(Map.of(), environment).storage().lanes()).isEqualTo(2);
    assertThat(config(Map.of(Setting.PORT, "9001"), environment).network().port()).isEqualTo(9001);
  }

  @Test
  void originsMayBeGivenTogetherOrOneByOne() {
    String two = "https://a.example, http://localhost:*";
    Given given =
        new Given(Map.of(Setting.ALLOW_ORIGIN, List.of("https://a.example", "*")), Map.of());
    assertThat(config(Map.of(), Map.of("TUTTI_ALLOW_ORIGIN", two)).access().origins().allowed())
        .hasSize(2);
    assertThat(((Conclusion.Concluded) ServerConfig.conclude(given)).config().access().origins())
        .satisfies(origins -> assertThat(origins.allowed()).hasSize(2));
  }

  @Test
  void anythingElseGivenTwiceIsRefused() {
    Given given = new Given(Map.of(Setting.PORT, List.of("1", "2")), Map.of());
    assertThat(((Conclusion.Refused) ServerConfig.conclude(given)).problems())
        .containsExactly("--port is given 2 times.");
  }

  @Test
  void aSecretComesFromTheEnvironmentOrAFileButNotBoth() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), SECRET + "\n");
    Map<Setting, String> byFile = Map.of(Setting.TOKEN_SECRET_FILE, file.toString());
    Map<String, String> byVariable = Map.of("TUTTI_TOKEN_SECRET", SECRET);
    assertThat(config(byFile, Map.of()).access().secret()).isPresent();
    assertThat(config(Map.of(), byVariable).access().secret()).isPresent();
    assertThat(problems(byFile, byVariable)).singleElement().asString().contains("both given");
  }

  @Test
  void aSecretThatIsNoneIsRefusedAndNeverShown() {
    assertThat(problems(Map.of(), Map.of("TUTTI_TOKEN_SECRET", "hunter2")))
        .singleElement()
        .asString()
        .contains("7 bytes")
        .doesNotContain("hunter2");
    assertThat(problems(Map.of(Setting.TOKEN_SECRET_FILE, "/no/such/file"), Map.of()))
        .singleElement()
        .asString()
        .contains("/no/such/file");
  }

  @Test
  void aServerWithoutASecretMakesItsOwn() throws IOException {
    Access access = ServerConfig.defaults().access();
    Secret made = access.secretFor(directory, new Random(1));
    assertThat(made).isNotNull();
    assertThat(directory.resolve("token.secret")).isNotEmptyFile();
    Files.writeString(directory.resolve("token.secret"), "short");
    assertThatExceptionOfType(CannotStart.class)
        .isThrownBy(() -> access.secretFor(directory, new Random(1)))
        .withMessageContaining("5 bytes");
  }

  @Test
  void aConfigurationPrintsNoSecret() {
    ServerConfig config =
        config(
            Map.of(Setting.POSTGRES_URL, "postgresql://u:hunter2@db/tutti"),
            Map.of("TUTTI_TOKEN_SECRET", SECRET));
    assertThat(config.toString()).doesNotContain("hunter2").doesNotContain(SECRET);
  }

  @Test
  void theDoorOfAConfigurationTakesItsTokens() {
    ServerConfig config =
        config(
            Map.of(Setting.TOKEN_ISSUER, "me", Setting.TOKEN_AUDIENCE, "it"),
            Map.of("TUTTI_TOKEN_SECRET", SECRET));
    Secret secret = config.access().secret().orElseThrow();
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    String token =
        new Tokens(secret, config.access().rules(), clock)
            .mint("ana", "Ana", Grants.NONE, Duration.ofHours(1));
    assertThat(config.access().admission(secret, clock, new Random(1)).admit(Optional.of(token)))
        .isInstanceOf(Authentication.Authenticated.class);
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://db/tutti,jdbc:postgresql://db/tutti,,",
    "postgres://ana@db:5433/tutti,jdbc:postgresql://db:5433/tutti,ana,",
    "jdbc:postgresql://db/tutti,jdbc:postgresql://db/tutti,,",
    "postgresql://ana:p%40s+s@a:1/tutti,jdbc:postgresql://a:1/tutti,ana,p@s+s",
    "jdbc:postgresql://db/tutti?user=ana&password=x&ssl=true,jdbc:postgresql://db/tutti?ssl=true,ana,x"
  })
  void thePasswordOfAPostgresUrlIsTakenOutOfIt(
      String url, String jdbcUrl, String user, String password) {
    PostgresTarget target = PostgresTarget.parse(url).orElseThrow();
    assertThat(target.jdbcUrl()).isEqualTo(jdbcUrl);
    assertThat(target.user()).isEqualTo(Optional.ofNullable(user));
    assertThat(target.password()).isEqualTo(Optional.ofNullable(password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db/tutti",
        "mysql://db/tutti",
        "postgresql://db",
        "postgresql://u:%zz@db/hunter2"
      })
  void anotherPostgresUrlIsRefusedAndNotShown(String url) {
    assertThat(problems(Map.of(Setting.POSTGRES_URL, url), Map.of()))
        .singleElement()
        .asString()
        .doesNotContain("hunter2");
  }

  private static ServerConfig config(Map<Setting, String> options, Map<String, String> variables) {
    Conclusion conclusion = ServerConfig.conclude(given(options, variables));
    assertThat(conclusion).isInstanceOf(Conclusion.Concluded.class);
    return ((Conclusion.Concluded) conclusion).config();
  }

  private static List<String> problems(
      Map<Setting, String> options, Map<String, String> variables) {
    return switch (ServerConfig.conclude(given(options, variables))) {
      case Conclusion.Refused(List<String> problems) -> problems;
      case Conclusion.Concluded _ -> List.of();
    };
  }

  private static Given given(Map<Setting, String> options, Map<String, String> variables) {
    Map<Setting, List<String>> lists = new java.util.EnumMap<>(Setting.class);
    options.forEach((setting, text) -> lists.put(setting, List.of(text)));
    return new Given(lists, variables);
  }
}
