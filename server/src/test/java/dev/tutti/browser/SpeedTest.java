package dev.tutti.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Says how fast the pages are painted, and a board of 1,000 tickets opens and is dragged on, on
 * request: -Dspeed. It judges the paint of the pages alone; the other figures are to be compared.
 */
@EnabledIfSystemProperty(named = "speed", matches = ".*")
class SpeedTest {
  private static final int TIMES = 9;
  private static final int MOVES = 240;

  /**
   * Of the median of first paints, from a page's first byte: the promise of docs/performance.md.
   * When the content is there is told beside it, and promised by nobody.
   */
  private static final double MOST_MILLIS = 500;

  /**
   * Notes when the board was asked for, when it came, when its first card has been painted, long
   * tasks, and the time between frames.
   */
  private static final String WATCH =
      """
      window.long = []; window.frames_ = [];
      const send = WebSocket.prototype.send;
      WebSocket.prototype.send = function (text) {
        if (text.includes('"hello"')) window.hello = performance.now();
        if (text.includes('"subscribe"')) {
          window.joined = performance.now();
          this.addEventListener('message', ({ data }) => { if (data.startsWith('{"type":"subscribed"')) window.came ??= performance.now(); });
        }
        send.call(this, text);
      };
      new PerformanceObserver((list) => long.push(...list.getEntries().map(({duration}) => Math.round(duration)))).observe({type: 'longtask', buffered: true});
      const seen = new MutationObserver(() => {
        if (!document.querySelector('.card')) return;
        seen.disconnect();
        requestAnimationFrame(() => { const {port1, port2} = new MessageChannel(); port1.onmessage = () => { window.painted = performance.now(); }; port2.postMessage(0); });
      });
      seen.observe(document, {subtree: true, childList: true});
      """;

  private static final String FRAMES =
      """
      () => { long.length = 0; let last = performance.now();
        const frame = (now) => { frames_.push(now - last); last = now; requestAnimationFrame(frame); };
        requestAnimationFrame(frame); }
      """;

  private static final String SUMMARY =
      """
      () => { const f = frames_.slice(5).sort((a, b) => a - b); const at = (share) => f[Math.floor(share * (f.length - 1))].toFixed(1);
        return `${long.length} tasks over 50 ms (${long.join(' ')}); between frames p50 ${at(.5)}, p95 ${at(.95)}, most ${at(1)} ms`; }
      """;

  /** What is measured, in milliseconds, and what the page says of it. */
  private static final Map<String, String> FIGURES =
      new TreeMap<>(
          Map.of(
              "1 navigation until first paint",
              "performance.getEntriesByType('paint')[0].startTime",
              "2 navigation until hello is sent",
              "hello",
              "3 navigation until the join is sent",
              "joined",
              "4 join sent until the document came",
              "came - joined",
              "5 join sent until the board is painted",
              "painted - joined",
              "6 navigation until the board is painted",
              "painted"));

  private final Map<String, List<Double>> measured = new TreeMap<>();

  @Test
  void aBoardOfAThousandTickets() {
    Stage stage = new Stage();
    LargeBoard.on(stage);
    Page page = stage.opens("Ana", "large").page();
    page.addInitScript(WATCH);
    FIGURES.keySet().forEach(figure -> measured.put(figure, new ArrayList<>()));
    for (int i = 0; i < TIMES; i++) {
      page.reload();
      page.waitForFunction("() => window.painted");
      FIGURES.forEach((figure, expression) ->
          measured.get(figure).add(((Number) page.evaluate(expression)).doubleValue()));
    }
    measured.forEach(
        (figure, millis) -> System.out.printf("%s: %s%n", figure, figures(millis.stream())));
    drag(page);
    System.out.printf("Dragging: %s%n", page.evaluate(SUMMARY));
    stage.clear();
  }

  /** From cold: a profile of a browser that has nothing of it yet. */
  @Test
  void halfOfTheColdLoadsOfEachPageArePaintedWithinHalfASecondOfTheirFirstByte() throws Exception {
    Team.isThere();
    for (PageLoad.Kind kind : PageLoad.Kind.ALL) {
      List<PageLoad> loads = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        try (BrowserContext profile = Chromium.browser().newContext(Team.desk())) {
          profile.addInitScript(Team.signedIn("Ines"));
          loads.add(PageLoad.of(profile, kind));
        }
      }
      System.out.printf(
          "%s: %,d bytes in %d requests; first byte until something is painted: %s; until its"
              + " content is: %s%n",
          kind.name(),
          loads.getLast().bytes(),
          loads.getLast().asked().size(),
          figures(loads.stream().map(PageLoad::shell)),
          figures(loads.stream().map(PageLoad::content)));
      assertThat(median(loads.stream().map(PageLoad::shell)))
          .as("%s: median milliseconds until something is painted", kind.name())
          .isLessThan(MOST_MILLIS);
    }
  }

  /** Up and down through all columns, as fast as a hand is. */
  private static void drag(Page page) {
    BoundingBox card = page.locator(".card").nth(3).boundingBox();
    page.mouse().move(card.x + 40, card.y + 10);
    page.mouse().down();
    page.evaluate(FRAMES);
    for (int i = 0; i < MOVES; i++) {
      double x = 60 + (i * 4) % 840;
      double y = 160 + Math.abs(i % 60 - 30) * 13;
      page.mouse().move(x, y, new Mouse.MoveOptions().setSteps(1));
    }
    PlaywrightAssertions.assertThat(page.locator(".ghost")).isVisible();
    page.keyboard().press("Escape");
  }

  private static double median(Stream<Double> all) {
    List<Double> millis = all.sorted().toList();
    return millis.get(millis.size() / 2);
  }

  private static String figures(Stream<Double> all) {
    List<Double> millis = all.sorted().toList();
    return "median %.0f, least %.0f, most %.0f ms"
        .formatted(median(millis.stream()), millis.getFirst(), millis.getLast());
  }
}
