package dev.tutti.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.util.List;
import java.util.Map;

/**
 * How a page came. Times are in milliseconds from the first byte of the page.
 *
 * @param shell until something was painted
 * @param content until what it is about was painted
 * @param bytes that were transferred, headers included
 * @param asked what was transferred for, the page's own address first
 */
record PageLoad(double shell, double content, int bytes, List<String> asked) {
  /** A page and where its content shows. */
  record Kind(String name, String path, String content) {
    static final List<Kind> ALL =
        List.of(
            new Kind("start", "/", "#list a"),
            new Kind("board", "/board/demo", ".card"),
            new Kind("chat", "/chat/general", "#lines .line"),
            new Kind("dashboard", "/dashboard/tonight", ".tile .value"));
  }

  private static final String WATCH =
      """
      new MutationObserver((_, observer) => {
        if (!document.querySelector('%s')) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          const {port1, port2} = new MessageChannel();
          port1.onmessage = () => { window.painted = performance.now(); };
          port2.postMessage(0);
        });
      }).observe(document, {subtree: true, childList: true, characterData: true});
      """;

  private static final String TOLD =
      """
      () => {
        const [page] = performance.getEntriesByType('navigation');
        const all = [page, ...performance.getEntriesByType('resource')].filter(({transferSize}) => transferSize > 0);
        return {
          shell: performance.getEntriesByType('paint')[0].startTime - page.responseStart,
          content: window.painted - page.responseStart,
          bytes: all.reduce((sum, {transferSize}) => sum + transferSize, 0),
          asked: all.map(({name}) => new URL(name).pathname),
        };
      }
      """;

  /** Opens a page in a profile and waits until it asks for nothing more. */
  static PageLoad of(BrowserContext profile, Kind kind) {
    try (Page page = profile.newPage()) {
      page.addInitScript(WATCH.formatted(kind.content()));
      page.navigate(SharedServer.url() + kind.path());
      page.waitForFunction(
          "() => window.painted && performance.getEntriesByType('paint').length > 0");
      page.waitForLoadState(LoadState.NETWORKIDLE);
      Map<?, ?> told = (Map<?, ?>) page.evaluate(TOLD);
      List<String> asked = ((List<?>) told.get("asked")).stream().map(String::valueOf).toList();
      return new PageLoad(
          number(told, "shell"), number(told, "content"), (int) number(told, "bytes"), asked);
    }
  }

  private static double number(Map<?, ?> of, String name) {
    return ((Number) of.get(name)).doubleValue();
  }
}
