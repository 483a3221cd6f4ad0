package dev.tutti.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What axe-core has to say of a page. */
final class Axe {
  /** The findings that keep somebody out, each in one line. */
  private static final String SERIOUS =
      """
      async () => (await axe.run(document, {resultTypes: ['violations']})).violations
        .filter(({impact}) => impact === 'serious' || impact === 'critical')
        .flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))
      """;

  private static final String SETTLED =
      "() => document.getAnimations().every(({playState}) => playState === 'finished')";

  private static final String SCRIPT = script();

  private Axe() {}

  /** Waits until nothing moves, and finds nothing serious. */
  static void isContentWith(Page page, String state) {
    page.waitForFunction(SETTLED);
    page.evaluate(SCRIPT);
    assertThat((List<?>) page.evaluate(SERIOUS)).as(state).isEqualTo(List.of());
  }

  private static String script() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\nundefined";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
