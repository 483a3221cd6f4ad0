package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Pages that are left open while much happens: a busy dashboard, the same as a screen on a wall,
 * and a chat. On request, since it takes the time that it is told: -Dheap.minutes=30. The short
 * form that is always run is {@link DashboardBrowserTest}'s.
 */
@EnabledIfSystemProperty(named = "heap.minutes", matches = "\\d+")
class HeapTest {
  private static final int MINUTES = Integer.getInteger("heap.minutes", 5);
  private static final int SAMPLES_PER_MINUTE = 4;

  /** Ten readings of each series a second, of which five get through. */
  private static final int FEED_MILLIS = 100;

  /** Caches fill and code is compiled in the first part, which is not judged. */
  private static final double WARM = 0.3;

  /** Between the first and the last samples behind it, in bytes. */
  private static final double MOST_GROWTH = 1_000_000;

  private final Map<String, Page> pages = new LinkedHashMap<>();
  private final Map<String, List<Double>> heaps = new LinkedHashMap<>();
  private final BlockingQueue<String> troubles = new ArrayBlockingQueue<>(100);
  private long fed;

  @Test
  void aPageThatIsLeftOpenHoldsNoMoreInTheEnd() throws Exception {
    Team.isThere();
    try (BrowserContext profile = Chromium.browser().newContext(Team.desk());
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      profile.addInitScript(Team.signedIn("Ines"));
      opens(profile, "dashboard", "/dashboard/tonight", ".uplot canvas");
      opens(profile, "kiosk", "/dashboard/tonight?kiosk", ".uplot canvas");
      opens(profile, "chat", "/chat/general", "#lines .line");
      clock.scheduleAtFixedRate(this::feed, 0, FEED_MILLIS, TimeUnit.MILLISECONDS);
      BlockingQueue<Integer> samples = new ArrayBlockingQueue<>(1_000);
      long pause = TimeUnit.MINUTES.toMillis(1) / SAMPLES_PER_MINUTE;
      clock.scheduleAtFixedRate(() -> samples.add(1), pause, pause, TimeUnit.MILLISECONDS);
      for (int i = 0; i < MINUTES * SAMPLES_PER_MINUTE; i++) {
        samples.take();
        pages.forEach((name, page) -> heaps.get(name).add(Heap.used(page)));
        System.out.printf("%d: %s%n", i + 1, sample());
      }
    }
    assertThat(troubles).isEmpty();
    heaps.forEach((name, bytes) -> {
      int warm = (int) (bytes.size() * WARM);
      List<Double> judged = bytes.subList(warm, bytes.size());
      int part = Math.max(1, judged.size() / 3);
      double first = mean(judged.subList(0, part));
      double last = mean(judged.subList(judged.size() - part, judged.size()));
      System.out.printf(
          "%s: %.2f MB behind the first minutes, %.2f MB in the end%n",
          name, first / 1e6, last / 1e6);
      assertThat(last).as(name).isLessThan(first + MOST_GROWTH);
    });
  }

  private void opens(BrowserContext profile, String name, String path, String content) {
    Page page = profile.newPage();
    page.onPageError(troubles::add);
    page.navigate(SharedServer.url() + path);
    assertThat(page.locator(content).first()).isVisible();
    pages.put(name, page);
    heaps.put(name, new ArrayList<>());
  }

  private String sample() {
    StringBuilder line = new StringBuilder();
    heaps.forEach((name, bytes) ->
        line.append(
            "%s %.2f MB, %d elements; "
                .formatted(name, bytes.getLast() / 1e6, Heap.elements(pages.get(name)))));
    return line.toString();
  }

  private void feed() {
    try {
      long now = fed++;
      List<Map<String, ?>> readings = new ArrayList<>();
      for (String widget : List.of("guests", "oven", "wait", "cold", "power")) {
        readings.add(Map.of("widget", widget, "value", now % 300));
      }
      for (String row : List.of("Dining room", "Terrace", "Take-away")) {
        readings.add(Map.of("widget", "orders", "series", row, "value", now % 30));
      }
      Team.does("Meter", "dashboard:tonight", "values.set", Map.of("values", readings));
      if (now % 20 == 0) {
        Team.does("Wei", "chat:general", "message.post", Map.of("text", "Message " + now));
      }
    } catch (Exception | AssertionError e) {
      troubles.offer(String.valueOf(e));
    }
  }

  private static double mean(List<Double> of) {
    return of.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
