package dev.tutti.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.BoundingBox;
import dev.tutti.fault.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How soon people see things. What depends on how busy the machine is runs with {@code
 * -Dfigures=true}, and prints what it measured. See {@code docs/testing.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientFiguresTest {
  private static final boolean MEASURE = Boolean.getBoolean("figures");
  private static final long OFFLINE_SECONDS = Long.getLong("figures.offline.seconds", 60);
  private static final int CHANGES = 400;
  private static final int WAITING = 50;

  private Chromium chromium;
  private TestData data;
  private ServerProcess server;
  private Proxy proxy;

  @BeforeAll
  void start() throws Exception {
    chromium = Chromium.launch();
    data = new TestData("figures");
    int port = ServerProcess.freePort();
    server = ServerProcess.start(data.path(), port);
    proxy = Proxy.before(port);
  }

  @AfterAll
  void stop() throws Exception {
    if (proxy != null) {
      proxy.close();
    }
    if (server != null) {
      server.close();
    }
    if (data != null) {
      data.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void online() {
    proxy.admit();
  }

  /** The page asks for a frame before the board has heard of the drop: it is the next one. */
  @Test
  void aDropIsOnOwnScreenInTheSameFrame() {
    String board = server.url() + "/board/frame";
    try (BoardPage ana = BoardPage.open(chromium.browser(), "Ana", board).withThreeColumns()) {
      ana.adds("One", "To do").isSaved().lifts("One", "Doing");
      BoundingBox over = ana.column("Doing").boundingBox();
      assertThat(over.width).isPositive();
      ana.page()
          .evaluate(
              """
              () => addEventListener('pointerup', () => {
                window.framesSinceDrop = 0;
                requestAnimationFrame(() => {
                  const card = [...document.querySelectorAll('.column .card')].find((one) => one.textContent.includes('One'));
                  window.atNextFrame = {
                    column: card.closest('.column').querySelector('h2').textContent,
                    held: card.classList.contains('slot'),
                  };
                });
              }, { capture: true, once: true })
              """);
      ana.drops();
      ana.page().waitForFunction("() => window.atNextFrame");
      assertThat(ana.page().evaluate("() => window.atNextFrame"))
          .isEqualTo(Map.of("column", "Doing", "held", false));
      ana.isSaved().sees("Doing", "One");
    }
  }

  @Test
  void aChangeReachesTheOtherPage() {
    assumeTrue(MEASURE, "Measured with -Dfigures=true.");
    String url = server.url();
    try (BrowserContext here = chromium.browser().newContext();
        BrowserContext there = chromium.browser().newContext();
        Person ana = Person.opens(here, url, "Ana", "board:latency").withThreeColumns();
        Person bo = Person.opens(there, url, "Bo", "board:latency")) {
      ana.sends("ticket.add", Map.of("ticket", "t1", "column", "todo", "title", "Wanders"));
      ana.untilQuiet();
      bo.until("room.document?.tickets?.t1");
      bo.page().evaluate(HEARD);
      try (BoardPage screen =
          BoardPage.open(
              chromium.browser(), "Cy", url + "/board/latency", new Browser.NewContextOptions())) {
        screen.sees("todo", "Wanders");
        screen.page().evaluate(SHOWN);
        Object left = ana.page().evaluate(CHANGE, CHANGES);
        ana.untilQuiet();
        bo.until("window.heard.length === " + CHANGES);
        report("to the other page's library", left, bo.page().evaluate("() => window.heard"));
        screen.page().waitForFunction("n => window.shown.length === n", CHANGES);
        report("to the other page's screen", left, screen.page().evaluate("() => window.shown"));
      }
    }
  }

  private static final String HEARD =
      "() => { window.heard = []; person.room.on('event', () =>"
          + " window.heard.push(performance.timeOrigin + performance.now())); }";

  private static final String SHOWN =
      """
      () => {
        window.shown = [];
        new MutationObserver(() => {
          const at = performance.timeOrigin + performance.now();
          const card = [...document.querySelectorAll('.column .card')].find((one) => one.textContent.includes('Wanders'));
          const number = Number(/Wanders (\\d+)/.exec(card?.textContent ?? '')?.[1] ?? -1);
          while (window.shown.length <= number) window.shown.push(at); // Two in one frame show as one.
        }).observe(document.getElementById('board'), { childList: true, characterData: true, subtree: true });
      }
      """;

  /** Gives one ticket a number after the other, some 60 to 100 ms apart, and answers when. */
  private static final String CHANGE =
      """
      async (changes) => {
        const left = [];
        for (let i = 0; i < changes; i++) {
          await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * 40));
          left.push(performance.timeOrigin + performance.now());
          person.send('ticket.edit', { ticket: 't1', title: `Wanders ${i}` });
        }
        return left;
      }
      """;

  @SuppressWarnings("unchecked")
  private static void report(String what, Object left, Object arrived) {
    List<Number> from = (List<Number>) left;
    List<Number> to = (List<Number>) arrived;
    double[] millis = new double[from.size()];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = to.get(i).doubleValue() - from.get(i).doubleValue();
    }
    Arrays.sort(millis);
    System.out.printf(
        "own change %s, %d changes: p50 %.1f ms, p99 %.1f ms, worst %.1f ms%n",
        what,
        millis.length,
        millis[millis.length / 2],
        millis[millis.length * 99 / 100],
        millis[millis.length - 1]);
  }

  @Test
  void fiftyEditsThatWaitedAreEverywhereWithinASecond() {
    assumeTrue(MEASURE, "Measured with -Dfigures=true.");
    String url = "http://127.0.0.1:" + proxy.port();
    try (BrowserContext here = chromium.browser().newContext();
        BrowserContext there = chromium.browser().newContext();
        Person ana = Person.opens(here, url, "Ana", "board:waited").withThreeColumns();
        Person bo = Person.opens(there, url, "Bo", "board:waited").untilQuiet()) {
      bo.until("room.document");
      proxy.refuse();
      ana.untilOffline();
      bo.untilOffline();
      for (int i = 0; i < WAITING; i++) {
        ana.sends("ticket.add", Map.of("ticket", "t" + i, "column", "todo", "title", "No. " + i));
      }
      LockSupport.parkNanos(Duration.ofSeconds(OFFLINE_SECONDS).toNanos());
      assertThat(ana.status()).isEqualTo("offline, 50 waiting");
      for (Person person : List.of(ana, bo)) {
        person.page().evaluate(WATCH, WAITING + 3);
      }
      proxy.admit();
      double back = System.currentTimeMillis();
      ana.page().evaluate("() => { dispatchEvent(new Event('online')); }");
      bo.page().evaluate("() => { dispatchEvent(new Event('online')); }");
      double connected = 0;
      double equal = 0;
      for (Person person : List.of(ana, bo)) {
        person.until("window.level");
        connected = Math.max(connected, ((Number) person.says("window.connected")).doubleValue());
        equal = Math.max(equal, ((Number) person.says("window.level")).doubleValue());
      }
      assertThat(ana.confirmed()).isEqualTo(bo.confirmed()).isEqualTo(ana.view());
      System.out.printf(
          "%d edits after %d s offline: all durable and both pages equal %.0f ms after the network"
              + " was back, %.0f ms after both were connected%n",
          WAITING, OFFLINE_SECONDS, equal - back, equal - connected);
      assertThat(equal - back).isLessThan(1_000);
    }
  }

  /** Notes when this page is connected, and when it has all and nothing of it waits. */
  private static final String WATCH =
      """
      (seq) => {
        const { connection, room } = person;
        connection.on('welcome', () => (window.connected = Date.now()));
        connection.on('status', ({ waiting }) => {
          if (waiting === 0 && room.seq === seq && room.pending.length === 0) window.level ??= Date.now();
        });
      }
      """;
}
