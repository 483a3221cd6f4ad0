package dev.tutti.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What axe-core has to say of a page. */
final class Axe {
  /** The findings that keep somebody out, each in one line; of all rules, or of colours alone. */
  private static final String SERIOUS =
      """
      async (colours) => (await axe.run(document, {resultTypes: ['violations'],
          ...(colours && {runOnly: ['color-contrast']})})).violations
        .filter(({impact}) => impact === 'serious' || impact === 'critical')
        .flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))
      """;

  private static final String SETTLED =
      "() => document.getAnimations().every(({playState}) => playState === 'finished')";

  private static final String SCRIPT = script();

  private Axe() {}

  /** Waits until nothing moves, and finds nothing serious, in light and in dark. */
  static void isContentWith(Page page, String state) {
    page.evaluate(SCRIPT);
    finds(page, state, false);
    boolean dark = (boolean) page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
    show(page, dark ? ColorScheme.LIGHT : ColorScheme.DARK);
    finds(page, state + ", in other colours", true);
    show(page, dark ? ColorScheme.DARK : ColorScheme.LIGHT);
  }

  /** Nothing else than colours depends on them. */
  private static void finds(Page page, String state, boolean colours) {
    page.waitForFunction(SETTLED);
    assertThat((List<?>) page.evaluate(SERIOUS, colours)).as(state).isEqualTo(List.of());
  }

  private static void show(Page page, ColorScheme scheme) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
  }

  private static String script() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\nundefined";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
