package dev.tutti.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import dev.tutti.fault.Proxy;
import java.net.URI;
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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How soon people see what others do, on request: {@code -Dfigures=true}. It prints what it
 * measured, which depends on the machine and on what else it does. With {@code -Dfigures.url} a
 * server that has been running for a while is measured in the place of one within this JVM, which
 * is cold and has no optimizing compiler. See {@code docs/testing.md}.
 */
@EnabledIfSystemProperty(named = "figures", matches = "true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientFiguresTest {
  private static final long OFFLINE_SECONDS = Long.getLong("figures.offline.seconds", 60);
  private static final int CHANGES = 400;
  private static final int WAITING = 50;

  private static final int DRAGS = Integer.getInteger("figures.drags", 200);

  private static final String ELSEWHERE = System.getProperty("figures.url", "");

  private Proxy proxy;

  @BeforeAll
  void start() throws Exception {
    proxy = Proxy.before(URI.create(url()).getPort());
  }

  @AfterAll
  void stop() {
    proxy.close();
  }

  @AfterEach
  void online() {
    proxy.admit();
  }

  private static String url() {
    return ELSEWHERE.isEmpty() ? SharedServer.url() : ELSEWHERE;
  }

  @Test
  void aChangeReachesTheOtherPagesLibrary() {
    String url = url();
    try (BrowserContext here = Chromium.browser().newContext();
        BrowserContext there = Chromium.browser().newContext();
        Person ana = Person.opens(here, url, "Ana", "board:latency").withThreeColumns();
        Person bo = Person.opens(there, url, "Bo", "board:latency")) {
      ana.sends("ticket.add", Map.of("ticket", "t1", "column", "todo", "title", "Wanders"));
      ana.untilQuiet();
      bo.until("room.document?.tickets?.t1");
      bo.page().evaluate(HEARD);
      Object left = ana.page().evaluate(CHANGE, CHANGES);
      ana.untilQuiet();
      bo.until("window.heard.length === " + CHANGES);
      report("own change to the other page's library", left, bo.says("window.heard"));
    }
  }

  @Test
  void aDragReachesTheOtherPagesScreen() throws Exception {
    String board = url() + "/board/drags";
    try (DragStages stages = new DragStages(board)) {
      stages.ana().withThreeColumns().adds("Carried", "To do").isSaved();
      stages.ana().adds("Stays", "To do").adds("Waits", "Doing").isSaved();
      stages.bo().sees("Doing", "Waits").sees("To do", "Carried", "Stays");
      System.out.printf("A drag on a board of 3 tickets, %d times%n", DRAGS);
      stages.measure("Carried", List.of("To do", "Doing"), DRAGS);
    }
  }

  @Test
  void aDragReachesTheOtherScreenOfALargeBoard() throws Exception {
    assumeTrue(ELSEWHERE.isEmpty(), "A large board is made within this JVM's server.");
    LargeBoard.on(new Stage());
    try (DragStages stages = new DragStages(SharedServer.url() + "/board/large")) {
      System.out.printf("A drag on a board of %,d tickets, %d times%n", LargeBoard.TICKETS, DRAGS);
      stages.measure("Ticket 0001", List.of("b", "c"), DRAGS);
    }
  }

  private static final String HEARD =
      "() => { window.heard = []; person.room.on('event', () =>"
          + " window.heard.push(performance.timeOrigin + performance.now())); }";

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
        "%s, %d times: p50 %.1f ms, p99 %.1f ms, worst %.1f ms%n",
        what,
        millis.length,
        millis[millis.length / 2],
        millis[millis.length * 99 / 100],
        millis[millis.length - 1]);
  }

  @Test
  void fiftyEditsThatWaitedAreEverywhereWithinASecond() {
    String url = "http://127.0.0.1:" + proxy.port();
    try (BrowserContext here = Chromium.browser().newContext();
        BrowserContext there = Chromium.browser().newContext();
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
