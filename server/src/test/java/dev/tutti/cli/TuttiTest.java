package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.auth.Authentication.Authenticated;
import dev.tutti.auth.SecretFile;
import dev.tutti.auth.TokenRules;
import dev.tutti.auth.Tokens;
import dev.tutti.config.CannotStart;
import dev.tutti.config.ServerConfig;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TuttiTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T15:00:00Z"));
  private static final String SECRET = "a-secret-of-more-than-32-bytes-for-tests";

  @TempDir private Path data = Path.of(".");

  private final Map<String, String> environment = new HashMap<>();
  private final List<ServerConfig> served = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter said = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Serving serving = (config, check, stream) -> served.add(config);

  @Test
  void optionsReachTheServer() {
    int code = run("serve", "--port", "9000", "--no-allow-guests", "--compression", "--lanes=3");
    assertThat(code).isZero();
    assertThat(served).hasSize(1);
    assertThat(served.getFirst().network().port()).isEqualTo(9000);
    assertThat(served.getFirst().network().compression()).isTrue();
    assertThat(served.getFirst().access().guests()).isFalse();
    assertThat(served.getFirst().storage().lanes()).isEqualTo(3);
  }

  @Test
  void variablesReachTheServer() {
    environment.put("TUTTI_PORT", "9002");
    assertThat(run("serve")).isZero();
    assertThat(served.getFirst().network().port()).isEqualTo(9002);
  }

  @Test
  void problemsAreLinesAndNothingIsStarted() {
    assertThat(run("serve", "--port", "x", "--lanes", "0")).isEqualTo(2);
    assertThat(served).isEmpty();
    assertThat(err.toString().lines())
        .containsExactly(
            "tutti: --port is \"x\"; it must be a whole number from 0 to 65535.",
            "tutti: --lanes is \"0\"; it must be a whole number from 1 to 8.",
            "Try ./tutti serve --help");
  }

  @Test
  void anUnknownOptionIsRefusedWithAHint() {
    assertThat(run("serve", "--prot=1")).isEqualTo(2);
    assertThat(err.toString()).contains("--prot").contains("--help").doesNotContain("\tat ");
  }

  @Test
  void aSecretIsNoOption() {
    assertThat(run("serve", "--token-secret", SECRET)).isEqualTo(2);
    assertThat(run("serve", "--postgres-password", SECRET)).isEqualTo(2);
  }

  @Test
  void aServerThatCannotStartSaysWhyInOneLineAndWhatToDo() {
    serving =
        (config, check, stream) -> {
          throw new CannotStart("Port 8080 is in use.", "Choose another with --port.");
        };
    assertThat(run("serve")).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly("tutti: Port 8080 is in use.", "Choose another with --port.");
  }

  @Test
  void aBugIsOneLineToo() {
    serving =
        (config, check, stream) -> {
          throw new IllegalStateException("one\ntwo");
        };
    assertThat(run("serve")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("tutti: IllegalStateException: one two")
        .doesNotContain("\tat ");
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("serve").contains("token");
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(run("--version")).isZero();
    assertThat(said.toString()).matches("Tutti \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void helpHasSectionsAndDefaults() {
    assertThat(run("serve", "--help")).isZero();
    assertThat(said.toString())
        .containsSubsequence(
            "--help",
            "Network:",
            "--host",
            "--port",
            "(8080)",
            "[TUTTI_PORT]",
            "Access:",
            "--[no-]allow-guests",
            "TUTTI_TOKEN_SECRET",
            "Storage:",
            "Rooms:",
            "Limits:",
            "Logs:");
    assertThat(said.toString().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void theTokenOfAMeterMaySendReadingsOneByOneAndTogether() {
    assertThat(run("token", "--help")).isZero();
    assertThat(said.toString()).contains("--command value.set --command values.set");
  }

  @Test
  void aTokenNeedsNothingButTheServersDataDirectory() throws IOException {
    Tokens tokens =
        new Tokens(SecretFile.findOrCreate(data, new Random(1)), TokenRules.DEFAULTS, CLOCK);
    int code =
        run(
            "token",
            "--user",
            "ana",
            "--name",
            "Ana",
            "--room",
            "board:*=editor",
            "--room",
            "chat:general=viewer",
            "--ttl",
            "15m",
            "--data",
            data.toString());
    assertThat(code).isZero();
    var ana = ((Authenticated) tokens.verify(printed())).identity();
    assertThat(ana.name()).isEqualTo("Ana");
    assertThat(ana.roleIn(new RoomName("board:x"))).isEqualTo(Role.EDITOR);
    assertThat(ana.roleIn(new RoomName("chat:general"))).isEqualTo(Role.VIEWER);
    assertThat(ana.roleIn(new RoomName("chat:other"))).isEqualTo(Role.NONE);
    assertThat(ana.expiresAt()).contains(CLOCK.instant().plusSeconds(900));
  }

  @Test
  void aTokenFollowsTheEnvironmentAsTheServerDoes() {
    environment.put("TUTTI_TOKEN_SECRET", SECRET);
    environment.put("TUTTI_TOKEN_ISSUER", "me");
    assertThat(run("token", "--user=ana")).isZero();
    TokenRules rules = new TokenRules("me", "tutti", TokenRules.DEFAULTS.skew());
    Tokens tokens = new Tokens(dev.tutti.auth.Secret.of(SECRET), rules, CLOCK);
    var ana = ((Authenticated) tokens.verify(printed())).identity();
    assertThat(ana.name()).isEqualTo("ana");
    assertThat(ana.roleIn(new RoomName("board:x"))).isEqualTo(Role.EDITOR);
  }

  @Test
  void withoutASecretThereIsNoToken() {
    assertThat(run("token", "--user=ana", "--data", data.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("There is no secret yet").contains("--token-secret-file");
    assertThat(printed()).isEmpty();
  }

  @Test
  void whatIsWrongWithATokenIsSaidAtOnce() {
    environment.put("TUTTI_TOKEN_SECRET", SECRET);
    assertThat(run("token", "--user=ana", "--ttl=soon", "--room=board", "--room=*=king"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--ttl").contains("\"board\"").contains("\"*=king\"");
    assertThat(run("token", "--user=guest:ana")).isEqualTo(2);
    assertThat(run("token", "--user=ana", "--ttl=99999d")).isEqualTo(2);
    assertThat(printed()).isEmpty();
  }

  @Test
  void verifyLooksForAJournalAndMakesNone() throws IOException {
    Path typo = data.resolve("typo");
    assertThat(run("verify", "--data", typo.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("There is no journal in " + typo + ".");
    assertThat(typo).doesNotExist();
    assertThat(run("verify", "--data", data.toString())).isEqualTo(1);
    assertThat(data).isEmptyDirectory();
  }

  private int run(String... args) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    CommandLine tutti =
        Tutti.commandLine(environment, CLOCK, stream, (c, k, o) -> serving.run(c, k, o));
    return tutti.setOut(new PrintWriter(said)).setErr(new PrintWriter(err)).execute(args);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8).strip();
  }
}
