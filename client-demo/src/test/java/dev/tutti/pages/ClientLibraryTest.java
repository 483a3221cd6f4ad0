package dev.tutti.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the tests of the browser's code, which are written in its own language, with Node. */
class ClientLibraryTest {
  private static final Path TESTS = Path.of("src/test/js");
  private static final int LEAST_NODE = 20;
  private static final int LIMIT_SECONDS = 60;

  @TestFactory
  Stream<DynamicTest> theBrowsersCodeKeepsItsPromises() throws IOException {
    String node = Optional.ofNullable(System.getenv("PLAYWRIGHT_NODEJS_PATH")).orElse("node");
    assertThat(versionOf(node))
        .as("The tests of tutti.js need Node: name it by mvn -Dnode.path=/path/to/node.")
        .isGreaterThanOrEqualTo(LEAST_NODE);
    try (Stream<Path> files = Files.list(TESTS)) {
      return files.filter(file -> file.toString().endsWith(".test.mjs")).sorted().toList().stream()
          .map(file ->
              DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(node, file)));
    }
  }

  private static void run(String node, Path file) throws Exception {
    Path output = Files.createTempFile("node-test", ".txt");
    try {
      Process process =
          new ProcessBuilder(node, "--test", "--test-reporter=spec", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as("%s ends within %d s:%n%s", file, LIMIT_SECONDS, said).isTrue();
      assertThat(process.exitValue()).as("%s", said).isZero();
    } finally {
      Files.delete(output);
    }
  }

  /** The major version, or 0 where there is no Node. */
  private static int versionOf(String node) {
    try {
      Process process = new ProcessBuilder(node, "--version").start();
      String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(version.strip().replaceFirst("^v(\\d+).*", "$1"));
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
