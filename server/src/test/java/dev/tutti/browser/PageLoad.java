package dev.tutti.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.LoadState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** What is fetched when there is time may come long after the last of the rest; it is counted. */
  private static final String WATCH =
      """
      window.due = 0;
      const whenIdle = requestIdleCallback.bind(window);
      window.requestIdleCallback = (task, options) => {
        due++;
        return whenIdle((deadline) => (due--, task(deadline)), options);
      };
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

  /** Ends when each module is here with all that it imports. */
  private static final String WHOLE =
      """
      async () => {
        const modules = () => performance.getEntriesByType('resource').map(({name}) => name)
          .filter((name) => /\\/at\\/.*\\.js$/.test(name));
        for (let known = 0; modules().length > known;) {
          known = modules().length;
          await Promise.all(modules().map((name) => import(name)));
        }
      }
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
      Set<Request> open = new HashSet<>();
      page.onRequest(open::add);
      page.onRequestFinished(open::remove);
      page.onRequestFailed(open::remove);
      page.addInitScript(WATCH.formatted(kind.content()));
      page.navigate(SharedServer.url() + kind.path());
      page.waitForFunction(
          "() => window.painted && performance.getEntriesByType('paint').length > 0 && due === 0");
      page.waitForCondition(open::isEmpty);
      page.evaluate(WHOLE);
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
