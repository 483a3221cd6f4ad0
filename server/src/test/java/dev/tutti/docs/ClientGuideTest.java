package dev.tutti.docs;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.tutti.browser.Chromium;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the examples of {@code docs/client.md} in their order, in a real browser against one server.
 * A comment {@code // → …} is a line that the example prints. Examples for frameworks go through
 * their frameworks' own compilers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientGuideTest {
  private static final Markdown PAGE = Markdown.of("docs/client.md");
  private static final Pattern PRINTED = Pattern.compile("// → (.*)");
  private static final String MODULE = "// room.js";

  @TempDir private static Path folder;
  private ExampleServer server;

  /** Serves the first example as the guide says, from an origin of its own: jwebserver. */
  private HttpServer elsewhere;

  private Workbench workbench;

  @BeforeAll
  void start() throws Exception {
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    elsewhere =
        SimpleFileServer.createFileServer(
            anyPort, folder.toAbsolutePath(), SimpleFileServer.OutputLevel.NONE);
    elsewhere.start();
    server = ExampleServer.start(Map.of("TUTTI_ALLOW_ORIGIN", origin()));
    workbench = new Workbench(Chromium.browser(), "http://127.0.0.1:" + server.port());
    workbench.put("/room.js", only("js", block -> block.lines().getFirst().equals(MODULE)));
    workbench.put("/my/token", ExampleServer.token());
  }

  @AfterAll
  void stop() {
    Stream.of(workbench, server, () -> elsewhere.stop(0)).forEach(ClientGuideTest::close);
  }

  private String origin() {
    return "http://127.0.0.1:" + elsewhere.getAddress().getPort();
  }

  @TestFactory
  Stream<DynamicTest> theExamplesAreTrue() {
    return PAGE.blocks().stream()
        .filter(block -> List.of("html", "js", "jsx", "vue", "svelte").contains(block.language()))
        .filter(block -> !block.lines().getFirst().equals(MODULE))
        .map(block ->
            DynamicTest.dynamicTest(
                "docs/client.md:" + block.line() + " " + block.language(), () -> run(block)));
  }

  private void run(Markdown.Block block) throws IOException {
    String code = String.join("\n", block.lines());
    switch (block.language()) {
      case "html" -> twoPagesShare(code);
      case "js" -> prints(code);
      default -> showsTheRoom(block.language(), code);
    }
    assertThat(workbench.errors()).isEmpty();
  }

  private void prints(String code) {
    List<String> expected = PRINTED.matcher(code).results().map(line -> line.group(1)).toList();
    assertThat(workbench.run(code, expected.size())).isEqualTo(expected);
  }

  /** What one types, the other sees. */
  private void twoPagesShare(String markup) throws IOException {
    assertThat(markup).contains("http://127.0.0.1:8080/");
    Files.writeString(
        folder.resolve("index.html"),
        markup.replace("127.0.0.1:8080", "127.0.0.1:" + server.port()));
    try (Page ana = workbench.visit(origin());
        Page bo = workbench.visit(origin())) {
      ana.waitForFunction("document.querySelector('form').onsubmit !== null");
      Locator field = ana.getByLabel("What is to do");
      field.fill("<b>Sing</b>");
      field.press("Enter");
      for (Page page : List.of(ana, bo)) {
        assertThat(page.locator("li")).hasText(new String[] {"<b>Sing</b>"});
      }
    }
  }

  /** A component shows how many tickets there are, adds one, follows another's, and goes. */
  private void showsTheRoom(String language, String source) {
    try (Page page = workbench.open()) {
      page.evaluate(
          "async ([language, source, versions]) =>"
              + " (await import('/guide/mount.js')).mount(language, source, versions)",
          List.of(language, source, Workbench.versions()));
      page.evaluate("import('/room.js').then(({ room }) => room.ready)");
      String tickets = "import('/room.js').then(m => Object.keys(m.room.document.tickets).length)";
      int before = (int) page.evaluate(tickets);
      Locator button = page.locator("button");
      assertThat(button).hasText(before + " tickets, saved");
      button.click();
      assertThat(button).hasText(before + 1 + " tickets, saved");
      String another = "{ column: 'ideas', title: 'By somebody else' }";
      page.evaluate("import('/room.js').then(m => m.room.send('ticket.add', " + another + "))");
      assertThat(button).hasText(before + 2 + " tickets, saved");
      page.evaluate("unmount()");
      page.evaluate("import('/room.js').then(m => m.room.send('ticket.add', " + another + "))");
      assertThat(button).hasCount(0);
    }
  }

  private static String only(String language, Predicate<Markdown.Block> which) {
    List<String> found =
        PAGE.blocks(language).stream()
            .filter(which)
            .map(block -> String.join("\n", block.lines()))
            .toList();
    assertThat(found).as("one block of %s", language).hasSize(1);
    return found.getFirst();
  }

  private static void close(AutoCloseable one) {
    try {
      if (one != null) {
        one.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
