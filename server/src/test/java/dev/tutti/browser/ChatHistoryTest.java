package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.tutti.client.Connection;
import dev.tutti.client.Room;
import dev.tutti.client.Sent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A history that is longer than what a chat's document keeps: -Dhistory=100000 for a long one. */
class ChatHistoryTest {
  private static final int MESSAGES = Integer.getInteger("history", 420);

  private static final String LONG = "long-history";
  private static final String UNREAD = "much-unread";

  private static final int PEOPLE = 8;

  /** Messages that one has on their way. */
  private static final int AT_ONCE = 100;

  /** Elements of messages that a page may hold, however many there are. */
  private static final int MOST_LINES = 170;

  /** Scrolls one way until there is no more, and tells what was seen on the way. */
  private static final String SCROLL =
      """
      async ([messages, by]) => {
        const scroller = document.getElementById('scroller');
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const lines = () => [...document.querySelectorAll('#lines .line')];
        const top = (line) => line.getBoundingClientRect().top;
        const head = scroller.getBoundingClientRect().top;
        const done = () => by < 0
          ? !document.getElementById('beginning').hidden && scroller.scrollTop <= 0
          : document.getElementById('jump').hidden;
        const seen = new Set();
        const between = [];
        const began = performance.now();
        let most = 0;
        let moved = 0;
        let last = began;
        while (!done()) {
          if (performance.now() - began > 30_000 + 10 * messages) return {ended: false};
          scroller.scrollTop = Math.max(0, scroller.scrollTop + by);
          await frame();
          // What one looks at stays where it is while others come in around it.
          const here = lines();
          const looked = here.find((line) => line.getBoundingClientRect().bottom > head + 1);
          const at = looked && top(looked);
          for (const {dataset} of here) seen.add(dataset.message);
          await frame();
          if (looked) moved = Math.max(moved, Math.abs(top(looked) - at));
          most = Math.max(most, lines().length);
          const now = performance.now();
          between.push((now - last) / 2);
          last = now;
        }
        for (const {dataset} of lines()) seen.add(dataset.message);
        between.sort((a, b) => a - b);
        const share = (part) => Math.round(between[Math.floor(part * (between.length - 1))] * 10) / 10;
        return {
          ended: true, seen: seen.size, most, moved, seconds: Math.round((last - began) / 1000),
          frames: `p50 ${share(.5)}, p99 ${share(.99)}, most ${share(1)} ms between frames`,
        };
      }
      """;

  /** Scrolls to the beginning, and tells what stood in each line on the way, by message. */
  private static final String READ =
      """
      async () => {
        const scroller = document.getElementById('scroller');
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const words = {};
        do {
          scroller.scrollTop = Math.max(0, scroller.scrollTop - 1_500);
          await frame();
          for (const line of document.querySelectorAll('#lines .line')) {
            words[line.dataset.message] = line.querySelector('.text, .tombstone').textContent;
          }
        } while (document.getElementById('beginning').hidden || scroller.scrollTop > 0);
        return words;
      }
      """;

  @Test
  void whoComesBackAfterLongLandsOnTheFirstUnreadAndReadsNothingThatWasDeleted() {
    fill(UNREAD, 420, 1);
    List<Integer> deleted = Stream.concat(numbers(1, 30), numbers(42, 120)).toList();
    try (Connection bo = signsIn("Bo");
        Connection olga = signsIn("Olga");
        ChatPage page = atADesk("Bo")) {
      Room moderated = olga.room("chat:" + UNREAD);
      bo.room("chat:" + UNREAD).send("read.mark", Map.of("upto", 40)).join();
      // More of what the document has let go of than it has tombstones for.
      deleted.stream().map(n -> delete(moderated, n)).toList().forEach(Sent::join);

      Locator unread = page.goes(UNREAD).sees("Message 420:").page().locator("#unread");
      assertThat(unread).hasText("380 unread, jump to the first");
      unread.click();
      // Pages of the history come first.
      page.page()
          .waitForFunction("() => document.activeElement?.textContent.includes('Message 41:')");
      assertThat(page.line("Message 41:")).isFocused();
      assertThat(page.line("Message 41:")).isInViewport();
      assertThat(page.line("Message 41:").locator(".fresh")).hasText("New");
      assertThat(unread).isHidden();

      delete(moderated, 41).join();
      assertThat(page.line("Message 41:")).hasCount(0);
      Map<?, ?> words = (Map<?, ?>) page.page().evaluate(READ);
      deleted.forEach(
          n -> assertThat(words.get("m" + n)).as("m" + n).isEqualTo("This message was deleted."));
      assertThat(words.get("m31").toString()).startsWith("Message 31:");
    }
  }

  private static Sent delete(Room room, int number) {
    return room.send("message.delete", Map.of("message", "m" + number));
  }

  private static Connection signsIn(String who) {
    return Connection.to(SharedServer.url() + "/v1/ws").token(Team.token(who)).connect();
  }

  private static Stream<Integer> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed();
  }

  @Test
  void aLongHistoryIsScrolledToItsBeginningAndBackWithoutAJump() {
    fill(LONG, MESSAGES, PEOPLE);
    try (ChatPage ana = atADesk("Ana").goes(LONG)) {
      Page page = ana.page();
      page.setDefaultTimeout(MESSAGES * 100.0 + 20_000);
      assertThat(page.locator("#lines .line").last()).containsText("Message ");
      double before = Heap.used(page);
      Map<?, ?> up = scroll(page, -2_000);
      double above = Heap.used(page);
      Map<?, ?> down = scroll(page, 1_500);
      if (System.getProperty("history") != null) {
        ana.says("At the end again.").isSaved(); // A long past that nobody looks at is let go of.
        System.out.printf(
            "%,d messages: up %s, down %s; heap %.1f, at the beginning %.1f, at the end again %.1f"
                + " MB%n",
            MESSAGES, up, down, before / 1e6, above / 1e6, Heap.used(page) / 1e6);
      }
    }
  }

  private static ChatPage atADesk(String who) {
    var desk = new Browser.NewContextOptions().setViewportSize(1280, 760);
    return ChatPage.signedIn(Chromium.browser(), who, desk);
  }

  /** Several talk at once, since one may not say everything in a moment; one alone in order. */
  private static void fill(String room, int messages, int people) {
    try (var all = Executors.newFixedThreadPool(people)) {
      IntStream.rangeClosed(1, people)
          .forEach(who -> all.execute(() -> talk(room, messages, who, people)));
    }
  }

  private static void talk(String name, int messages, int who, int people) {
    String url = SharedServer.url();
    try (Connection connection = Connection.to(url + "/v1/ws").name("Filler " + who).connect()) {
      Room room = connection.room("chat:" + name);
      Sent last = null;
      for (int i = who; i <= messages; i += people) {
        String text = "Message " + i + ": " + "word ".repeat(i % 30);
        last = room.send("message.post", Map.of("message", "m" + i, "text", text));
        if (i / people % AT_ONCE == 0) {
          last.join();
        }
      }
      Objects.requireNonNull(last).join(); // In order, so all before it are there.
    }
  }

  private static Map<?, ?> scroll(Page page, int pixels) {
    Map<?, ?> way = (Map<?, ?>) page.evaluate(SCROLL, List.of(MESSAGES, pixels));
    assertThat(way.get("ended")).isEqualTo(true);
    assertThat(number(way, "most")).isBetween(100.0, (double) MOST_LINES);
    assertThat(number(way, "moved")).isLessThanOrEqualTo(1.0);
    // Nothing is missing and nothing is there twice, from the first to the last.
    assertThat(number(way, "seen")).isEqualTo(MESSAGES);
    return way;
  }

  private static double number(Map<?, ?> of, String name) {
    return ((Number) of.get(name)).doubleValue();
  }
}
