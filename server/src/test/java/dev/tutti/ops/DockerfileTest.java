package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.config.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Dockerfile, read. */
class DockerfileTest {
  private static final Path ROOT = Path.of("..");
  private static final String TEXT = text();
  private static final Dockerfile FILE = Dockerfile.read(TEXT);

  private static String text() {
    try {
      return Files.readString(ROOT.resolve("docker/Dockerfile"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void nothingIsWrongWithIt() {
    assertThat(FILE.stages()).hasSize(2);
    assertThat(FILE.complaints()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          debian:13.2-slim        | debian                            | is of no version
          debian:13.2-slim        | debian:latest                     | is of no version
          debian:13.2-slim        | debian:13-slim                    | is of no version
          WORKDIR /tutti          | ADD x.tar /tutti                  | fetches what nobody has looked at
          WORKDIR /tutti          | RUN curl -s https://a.example/b   | fetches what nobody has looked at
          WORKDIR /tutti          | workdir /tutti                    | is no instruction that is known here
          WORKDIR /tutti          | ENV TUTTI_REDIS_PASSWORD=s3cret   | holds a secret
          WORKDIR /tutti          | ARG GITHUB_TOKEN                  | holds a secret
          WORKDIR /tutti          | RUN apt-get install -y curl-minimal | installs what is not needed
          WORKDIR /tutti          | RUN chmod -R 777 /tutti           | lets everybody write
          WORKDIR /tutti          | COPY . /tutti                     | takes everything
          --chmod=755             | --chmod=777                       | lets everybody write
          USER 10001:10001        | USER tutti                        | runs as tutti
          USER 10001:10001        | USER 0:0                          | runs as 0:0
          USER 10001:10001        | WORKDIR /                         | runs as root
          USER 10001:10001        | USER 10002:10002                  | is for somebody else
          CMD ["bash", "/tutti/healthy.sh"] | CMD bash /tutti/healthy.sh | is run by a shell
          CMD ["serve"]           | CMD serve                         | is run by a shell
          CMD ["serve"]           | EXPOSE 8081                       | has not one CMD
          --from=build /java      | --from=builder /java              | there is no such stage
          """)
  void aMistakeIsFound(String right, String wrong, String complaint) {
    assertThat(TEXT).contains(right);
    assertThat(Dockerfile.read(TEXT.replace(right, wrong)).complaints())
        .anyMatch(said -> said.contains(complaint));
  }

  @Test
  void itListensAndKeepsWhereItsSettingsSay() {
    Set<String> known =
        Stream.of(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
    assertThat(
            Pattern.compile("TUTTI_\\w+(?==)")
                .matcher(String.join(" ", FILE.last("ENV")))
                .results()
                .map(found -> found.group()))
        .isNotEmpty()
        .isSubsetOf(known);
    assertThat(FILE.last("VOLUME")).containsExactly(FILE.variable("TUTTI_DATA"));
    assertThat(FILE.last("EXPOSE")).containsExactly(Setting.PORT.fallback());
    assertThat(FILE.variable("TUTTI_PORT")).isEmpty();
  }

  @Test
  void whatItTakesFromTheSourcesIsThereAndNotIgnored() throws IOException {
    List<String> ignored = Files.readAllLines(ROOT.resolve(".dockerignore"));
    assertThat(ignored).contains(".git", "**/target", "data", "docker/secrets");
    List<String> taken =
        FILE.last("COPY").stream()
            .filter(copy -> !copy.contains("--from="))
            .map(copy -> copy.replaceFirst("^(--\\S+ )*(\\S+) .*", "$2"))
            .toList();
    assertThat(taken)
        .isNotEmpty()
        .allSatisfy(file -> {
          assertThat(ROOT.resolve(file)).isRegularFile();
          assertThat(ignored).noneMatch(file::startsWith);
        });
  }

  @Test
  void javaIsStartedWithTheOptionsOfTheLauncher() throws IOException {
    assertThat(FILE.last("ENTRYPOINT").getFirst()).startsWith("[\"java\"");
    assertThat(FILE.variable("JDK_JAVA_OPTIONS").split(" ")).contains(launcherOptions());
    // Half of a large builder's memory is addressed in another way than that of a container.
    assertThat(FILE.last("RUN"))
        .filteredOn(line -> line.contains("AOTCacheOutput"))
        .hasSize(1)
        .allMatch(line -> line.contains(" -Xmx512m "));
  }

  private static String[] launcherOptions() throws IOException {
    return Files.readAllLines(ROOT.resolve("tutti")).stream()
        .filter(line -> line.startsWith("flags=\""))
        .flatMap(line -> Arrays.stream(line.substring(7, line.length() - 1).split(" ")))
        .filter(word -> word.startsWith("-"))
        .toArray(String[]::new);
  }
}
