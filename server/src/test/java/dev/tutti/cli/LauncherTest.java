package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell script that builds and starts everything, where it does neither. */
class LauncherTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir private Path folder = Path.of(".");

  private record Ended(int code, String said) {}

  private Ended run(String word) throws Exception {
    for (String file : List.of("tutti", "pom.xml")) {
      Files.copy(ROOT.resolve(file), folder.resolve(file));
    }
    Process process =
        new ProcessBuilder("sh", folder.resolve("tutti").toString(), word)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), said);
  }

  @ParameterizedTest
  @CsvSource({
    "sevre, serve",
    "server, serve",
    "flete, fleet",
    "chats, chat",
    "tets, test",
    "tokn, token"
  })
  void aMistypedCommandIsToldBeforeAnythingIsBuilt(String word, String meant) throws Exception {
    Ended ended = run(word);
    assertThat(ended.said().lines())
        .containsExactly(
            "tutti: There is no command \"" + word + "\"; did you mean " + meant + "?",
            "Try ./tutti --help");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(folder.resolve("server")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"frobnicate", "--port", "s*", "'a b'"})
  void whatIsLikeNoCommandIsOnlyRefused(String word) throws Exception {
    assertThat(run(word))
        .isEqualTo(
            new Ended(2, "tutti: There is no command \"" + word + "\".\nTry ./tutti --help\n"));
  }

  @Test
  void theScriptKnowsEachCommandThatThereIs() throws IOException {
    var line = Pattern.compile("(?m)^commands='([a-z ]+)'$");
    var found = line.matcher(Files.readString(ROOT.resolve("tutti")));
    assertThat(found.find()).isTrue();
    var all =
        new TreeSet<>(
            Tutti.commandLine(
                    Map.of(),
                    InstantSource.system(),
                    new PrintStream(PrintStream.nullOutputStream()),
                    (_, _, _) -> {})
                .getSubcommands()
                .keySet());
    all.addAll(List.of("test", "format")); // the script's own
    assertThat(new TreeSet<>(Arrays.asList(found.group(1).split(" ")))).isEqualTo(all);
  }
}
