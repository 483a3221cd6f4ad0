package dev.tutti.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The program of {@code docs/java-client.md} is compiled, run, and prints what the page says. */
@ResourceLock(Resources.SYSTEM_OUT)
class JavaClientPageTest {
  @TempDir private Path folder;

  @Test
  void theExampleDoesWhatThePageSays() throws Exception {
    Markdown page = Markdown.of("docs/java-client.md");
    Path source = folder.resolve("Example.java");
    Files.write(source, page.blocks("java").getFirst().lines());
    String path = System.getProperty("java.class.path");
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                folder.toString(),
                "-cp",
                path,
                "-proc:none",
                source.toString());
    assertThat(errors).as("it compiles").isZero();
    List<String> expected = page.blocks("output").getFirst().lines();
    try (ExampleServer server = ExampleServer.start()) {
      // The events come on another thread than the answers.
      assertThat(run("http://127.0.0.1:" + server.port() + "/v1/ws"))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private List<String> run(String url) throws Exception {
    URL[] classes = {folder.toUri().toURL()};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader())) {
      String[] args = {url};
      loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) args);
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.matches("\\d .*|durable .*"))
        .toList();
  }
}
