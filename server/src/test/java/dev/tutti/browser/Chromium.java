package dev.tutti.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own Chromium, one for all tests of the JVM: it starts when the first one asks, and
 * ends with the JVM, whose pipe to it closes. Tests take contexts of their own. Tests that need it
 * are skipped, with a sentence, where it is not. One thread.
 */
public final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");
  private static final List<String> QUIETLY =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /**
   * How long an assertion waits for a page that shares two cores with other tests. How fast pages
   * are is judged where it is measured.
   */
  private static final int PATIENCE_MILLIS = 20_000;

  private static @Nullable Browser running;

  private Chromium() {}

  /** The browser that runs, without a window. */
  public static Browser browser() {
    Browser browser = running == null || !running.isConnected() ? launch() : running;
    running = browser;
    return browser;
  }

  private static Browser launch() {
    Optional<Path> chromium =
        Optional.ofNullable(System.getenv("TUTTI_CHROMIUM")).map(Path::of).or(() -> onPath(NAMES));
    Optional<Path> node =
        Optional.ofNullable(System.getenv("PLAYWRIGHT_NODEJS_PATH")).map(Path::of);
    assumeTrue(
        chromium.isPresent(),
        "The browser tests need Chromium: install it, on Debian by apt-get install"
            + " chromium-headless-shell.");
    assumeTrue(
        node.filter(Files::isExecutable).isPresent(),
        "The browser tests need Node 20 or newer: name it by mvn -Dnode.path=/path/to/node.");
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(chromium.orElseThrow())
                .setArgs(QUIETLY));
  }

  private static Optional<Path> onPath(List<String> names) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
