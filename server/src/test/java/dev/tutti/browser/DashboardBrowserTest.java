package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import dev.tutti.protocol.dashboard.DashboardLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People before a dashboard, and programs that feed it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardBrowserTest {
  private static final int STEPS = 10;
  private static final int ROW = 68;

  /** How often the page is fed, of which the first times fill caches; with two widgets' points. */
  private static final int ROUNDS = Integer.getInteger("feeds", 28);

  private static final int WARM_ROUNDS = 3;
  private static final int PARTS = 3;
  private static final int PART = (ROUNDS - 1 - WARM_ROUNDS) / PARTS;
  private static final int STEPS_A_ROUND = 240;

  /** One of the 180 steps of a minute. */
  private static final int STEP_MILLIS = 334;

  /** In bytes, of one of the parts; each point that was kept would cost at least forty in each. */
  private static final int MOST_GROWTH = 100_000;

  private static final String SPARK =
      "document.querySelector('.spark path').getAttribute('d').match(/[ML]/g).length";

  /** How many dots of a chart's canvas have a colour; its axes are grey. */
  private static final String INK =
      """
      (canvas) => {
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let coloured = 0;
        for (let i = 0; i < data.length; i += 4) {
          const rgb = data.subarray(i, i + 3);
          if (data[i + 3] > 0 && Math.max(...rgb) - Math.min(...rgb) > 60) coloured++;
        }
        return coloured;
      }
      """;

  /** The server looks at itself once a second, and says so to those who look. */
  private static final LocatorAssertions.HasTextOptions SOON =
      new LocatorAssertions.HasTextOptions().setTimeout(20_000);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Stage stage = new Stage();

  @AfterAll
  void stop() {
    http.close();
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    stage.clear();
  }

  @Test
  void whatOneAddsAndLaysOutAnotherSeesAndAReadingReachesBoth() throws Exception {
    Page ana = opens("Ana", "together", Stage.desk());
    Page bo = opens("Bo", "together", Stage.desk().setColorScheme(ColorScheme.DARK));
    assertThat(ana.getByText("An empty dashboard")).isVisible();
    ana.getByText("Add a widget").click();
    ana.getByLabel("Title", exactly()).fill("Orders");
    ana.getByLabel("Id, for what feeds it").fill("orders");
    ana.getByLabel("Warning at").fill("100");
    ana.getByText("Add", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(tile(bo, "orders").locator(".title")).hasText("Orders");
    feed("together", "{\"widget\":\"orders\",\"value\":142}");
    for (Page page : List.of(ana, bo)) {
      assertThat(tile(page, "orders").locator(".value")).hasText("142");
      assertThat(tile(page, "orders").locator(".age"))
          .hasText(Pattern.compile("Updated \\d s ago"));
      assertThat(tile(page, "orders").locator("svg.sign")).hasAttribute("aria-label", "Warning");
    }
    drag(ana, tile(ana, "orders").locator("header"), 0, 2 * ROW);
    for (Page page : List.of(ana, bo)) {
      assertThat(tile(page, "orders")).hasAttribute("style", Pattern.compile("--y: 3;"));
    }
    assertThat(bo.locator(".cursor span")).hasText("Ana");
    drag(ana, tile(ana, "orders").locator(".grip"), 160, ROW);
    for (Page page : List.of(ana, bo)) {
      assertThat(tile(page, "orders")).hasAttribute("style", Pattern.compile("--w: 5; --h: 3"));
    }
    bo.locator("body").press("Control+z"); // Bo has done nothing that could be taken back.
    ana.locator("body").press("Control+z");
    assertThat(tile(bo, "orders")).hasAttribute("style", Pattern.compile("--w: 3; --h: 2"));
  }

  @Test
  void aNewDashboardWhoseNameIsTakenIsAnotherOne() {
    Page ana = stage.arrives("/dashboard", Stage.desk(), page -> {});
    for (String address : List.of("sales-team", "sales-team-[a-z0-9]{1,6}")) {
      ana.getByLabel("Name of a new dashboard").fill("Sales team");
      ana.getByLabel("Name of a new dashboard").press("Enter");
      assertThat(ana).hasURL(Pattern.compile("/dashboard/" + address + "$"));
      assertThat(ana.locator("#title")).hasValue("Sales team");
      ana.navigate(stage.url() + "/dashboard");
    }
    assertThat(ana.locator(".dashboards b").filter(with("Sales team"))).hasCount(2);
  }

  private static Locator.FilterOptions with(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  @Test
  void aTileSaysHowOldItIsAndSinceWhenItIsStale() throws Exception {
    addsStaleAfter("old", "n", 10);
    Page page = opens("Ana", "old", Stage.desk());
    Locator tile = tile(page, "n");
    assertThat(tile.locator(".age")).hasText("No reading yet");
    // Its clock stands still but for what it is told, and its timers run.
    Instant at = Instant.now();
    page.clock().setFixedTime(at.toEpochMilli());
    feed("old", "{\"widget\":\"n\",\"value\":7,\"at\":\"%s\"}".formatted(at));
    assertThat(tile.locator(".age")).hasText("Updated 0 s ago");
    page.clock().setFixedTime(at.plusSeconds(5).toEpochMilli());
    assertThat(tile.locator(".age")).hasText("Updated 5 s ago");
    assertThat(tile).not().hasAttribute("data-stale", "");
    page.clock().setFixedTime(at.plusSeconds(15).toEpochMilli());
    assertThat(tile.locator(".age")).hasText(Pattern.compile("Stale since \\d+:\\d\\d.*"));
    assertThat(tile.locator(".value")).hasText("7");
    assertThat(tile).hasAttribute("data-stale", "");
    assertThat(tile).hasCSS("border-style", "dashed");
    assertThat(tile).hasCSS("background-image", Pattern.compile("repeating-linear-gradient.*"));
    Axe.isContentWith(page, "a stale tile");
    page.clock().setFixedTime(at.plus(Duration.ofHours(20)).toEpochMilli());
    assertThat(tile.locator(".age"))
        .hasText(Pattern.compile("Stale since \\w+ \\d+.*\\d+:\\d\\d.*"));
  }

  @Test
  void aWidgetIsMovedByKeyboardAndWhatIsInTheWayMakesRoom() throws Exception {
    adds("keys", "a", "number", 0, 0);
    adds("keys", "b", "number", 3, 0);
    Page ana = opens("Ana", "keys", Stage.desk());
    Locator a = tile(ana, "a");
    a.focus();
    a.press("Space");
    for (int i = 0; i < 2; i++) {
      a.press("ArrowRight");
    }
    a.press("Space");
    assertThat(a).hasAttribute("style", Pattern.compile("--x: 3; --y: 1;"));
    assertThat(tile(ana, "b")).hasAttribute("style", Pattern.compile("--x: 4; --y: 3;"));
    assertThat(ana.locator("#announced")).containsText("a is in column 3, row 1.");
    a.press("Delete");
    assertThat(a).hasCount(0);
    ana.getByText("Undo", exact()).click();
    assertThat(tile(ana, "a")).isVisible();
  }

  @Test
  void everyKindIsOpenToEveryoneInLightInDarkAndOnAPhone() throws Exception {
    int row = 0;
    for (String kind : List.of("number", "gauge", "line", "table", "status", "text")) {
      adds("kinds", kind, kind, row % 2 * 6, row++ / 2 * 5);
    }
    for (String kind : List.of("number", "gauge", "status")) {
      feed("kinds", "{\"widget\":\"%s\",\"value\":7,\"state\":\"bad\"}".formatted(kind));
    }
    for (String kind : List.of("line", "table")) {
      feed("kinds", "{\"widget\":\"%s\",\"series\":\"web-1\",\"value\":7}".formatted(kind));
    }
    Page page = opens("Ana", "kinds", Stage.desk());
    assertThat(page.locator(".uplot canvas")).isVisible();
    page.waitForCondition(() -> ink(page) > 0);
    assertThat(ink(page)).as("one point alone is a dot").isBetween(10, 60);
    Axe.isContentWith(page, "all kinds");
    tile(page, "gauge").press("e");
    assertThat(page.getByLabel("Scale from")).isVisible();
    Axe.isContentWith(page, "a widget's dialog");
    Page phone = opens("Ana", "kinds", Stage.phone());
    assertThat(tile(phone, "number").locator(".value")).hasText("7");
    assertThat((Boolean) phone.evaluate("document.body.scrollWidth <= innerWidth")).isTrue();
    Axe.isContentWith(phone, "all kinds on a phone");
  }

  @Test
  void aLineOfTwoPointsIsALineAndOneBehindAPauseIsADot() throws Exception {
    adds("points", "l", "line", 0, 0, 300);
    Page page = opens("Ana", "points", Stage.desk());
    assertThat(tile(page, "l").locator(".age")).hasText("No reading yet");
    assertThat(page.locator(".uplot")).hasCount(0);
    List<Integer> drawn = new ArrayList<>();
    Instant now = Instant.now();
    Locator age = tile(page, "l").locator(".age");
    for (int secondsAgo : List.of(250, 200, 5)) { // A pause is longer than a minute.
      // What is drawn moves by itself, once a second; of which reading it is, says the age.
      String before = Objects.toString(age.getAttribute("title"), "");
      Instant at = now.minusSeconds(secondsAgo);
      feed("points", "{\"widget\":\"l\",\"value\":7,\"at\":\"%s\"}".formatted(at));
      assertThat(age).not().hasAttribute("title", before);
      assertThat(age).hasAttribute("title", Pattern.compile("."));
      page.waitForCondition(() -> page.locator(".uplot canvas").count() > 0 && ink(page) > 0);
      drawn.add(ink(page));
    }
    int dot = drawn.getFirst();
    assertThat(dot).isBetween(10, 60);
    assertThat(drawn.get(1)).as("a line").isGreaterThan(2 * dot);
    assertThat(drawn.get(2) - drawn.get(1)).as("a line, and a dot").isBetween(10, 60);
  }

  private static int ink(Page page) {
    return ((Number) page.locator(".uplot canvas").evaluate(INK)).intValue();
  }

  @Test
  void aPageThatIsFedHoldsNoMoreThanOneWindow() throws Exception {
    adds("busy", "l", "line", 0, 0, 60);
    adds("busy", "t", "table", 6, 0, 60);
    adds("busy", "n", "number", 0, 4, 60);
    Page page = opens("Ana", "busy", Stage.desk());
    long end = System.currentTimeMillis();
    long begin = end - (long) ROUNDS * STEPS_A_ROUND * STEP_MILLIS;
    int nodes = 0;
    List<Double> heap = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      feed("busy", round(begin, round));
      if (round == WARM_ROUNDS) {
        assertThat(tile(page, "n").locator(".value")).hasText(last(round));
        assertThat(page.locator(".uplot canvas")).isVisible();
        nodes = Heap.elements(page);
      }
      if (round >= WARM_ROUNDS && (round - WARM_ROUNDS) % PART == 0) {
        assertThat(tile(page, "n").locator(".value")).hasText(last(round));
        heap.add(Heap.used(page));
      }
    }
    assertThat(tile(page, "n").locator(".value")).hasText(last(ROUNDS - 1));
    assertThat(Heap.elements(page)).as("elements").isEqualTo(nodes);
    // What the engine of the page keeps for itself grows by leaps, what is leaked steadily.
    double growth =
        IntStream.range(0, PARTS)
            .mapToDouble(part -> heap.get(part + 1) - heap.get(part))
            .min()
            .orElseThrow();
    assertThat(growth)
        .as("least growth over %d points, of %s", PART * STEPS_A_ROUND * 2, heap)
        .isLessThan(MOST_GROWTH);
    System.out.printf("heap of the page: %s%n", heap);
    assertThat(((Number) page.evaluate(SPARK)).intValue())
        .as("points of the line under the number")
        .isBetween(DashboardLimits.POINTS - 30, DashboardLimits.POINTS);
    JsonNode points = JsonMapper.shared().readTree(read("busy")).at("/document/points");
    assertThat(points.at("/l/a"))
        .as("of a series, in the document")
        .hasSize(DashboardLimits.POINTS);
    assertThat(points.at("/n/value")).hasSize(DashboardLimits.POINTS);
    assertThat(points.has("t")).isFalse();
  }

  /** Of so many steps of the window one reading each, for each widget. */
  private static String round(long begin, int round) {
    StringJoiner values = new StringJoiner(",", "{\"values\":[", "]}");
    for (int i = 0; i < STEPS_A_ROUND; i++) {
      int step = round * STEPS_A_ROUND + i;
      String rest =
          "\"value\":%d,\"at\":\"%s\"}"
              .formatted(step, Instant.ofEpochMilli(begin + (long) step * STEP_MILLIS));
      values.add("{\"widget\":\"l\",\"series\":\"a\"," + rest);
      values.add("{\"widget\":\"n\"," + rest);
      if (i == STEPS_A_ROUND - 1) {
        values.add("{\"widget\":\"t\",\"series\":\"a\"," + rest);
      }
    }
    return values.toString();
  }

  private static String last(int round) {
    return "%,d".formatted((round + 1) * STEPS_A_ROUND - 1);
  }

  @Test
  void theServerShowsItselfAsItIs() {
    Page ana = opens("Ana", "server", Stage.desk());
    Locator connections = tile(ana, "connections").locator(".legend b");
    assertThat(connections).hasText("1", SOON);
    Page bo = opens("Bo", "server", Stage.desk());
    assertThat(connections).hasText("2", SOON);
    assertThat(tile(bo, "connections").locator(".legend b")).hasText("2", SOON);
    assertThat(tile(bo, "commands").locator(".legend b"))
        .hasText(Pattern.compile("\\d.* /s"), SOON);
    assertThat(tile(bo, "heap").locator(".legend b")).hasText(Pattern.compile("\\d.* MB"), SOON);
    assertThat(tile(bo, "healed").locator(".legend b")).hasText("0", SOON);
    bo.context().close();
    assertThat(connections).hasText("1", SOON);
    assertThat(ana.locator("#add")).isHidden();
  }

  private Page opens(String person, String dashboard, Browser.NewContextOptions options) {
    return stage.visits(person, "/dashboard/" + dashboard, options).page();
  }

  private void adds(String dashboard, String widget, String kind, int x, int y) throws Exception {
    adds(dashboard, widget, kind, x, y, 3_600);
  }

  private void adds(String dashboard, String widget, String kind, int x, int y, int window)
      throws Exception {
    post(
        dashboard,
        "commands",
        "{\"key\":\"%s\",\"name\":\"widget.add\",\"args\":{\"widget\":\"%s\",\"kind\":\"%s\",\"title\":\"%s\",\"x\":%d,\"y\":%d,\"window\":%d}}"
            .formatted(UUID.randomUUID(), widget, kind, widget, x, y, window));
  }

  private String read(String dashboard) throws Exception {
    URI of = URI.create(stage.url() + "/v1/rooms/dashboard:" + dashboard);
    return http.send(HttpRequest.newBuilder(of).build(), BodyHandlers.ofString()).body();
  }

  private void addsStaleAfter(String dashboard, String widget, int seconds) throws Exception {
    post(
        dashboard,
        "commands",
        "{\"key\":\"%s\",\"name\":\"widget.add\",\"args\":{\"widget\":\"%s\",\"kind\":\"number\",\"title\":\"N\",\"stale\":%d}}"
            .formatted(UUID.randomUUID(), widget, seconds));
  }

  private void feed(String dashboard, String body) throws Exception {
    post(dashboard, "values", body);
  }

  private void post(String dashboard, String what, String body) throws Exception {
    URI to = URI.create(stage.url() + "/v1/rooms/dashboard:" + dashboard + "/" + what);
    HttpRequest request =
        HttpRequest.newBuilder(to)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static Locator tile(Page page, String widget) {
    return page.locator(".tile[data-widget='" + widget + "']");
  }

  private static void drag(Page page, Locator what, int across, int down) {
    BoundingBox box = what.boundingBox();
    double x = box.x + Math.min(20, box.width / 2);
    double y = box.y + box.height / 2;
    page.mouse().move(x, y);
    page.mouse().down();
    page.mouse().move(x + across, y + down, new Mouse.MoveOptions().setSteps(STEPS));
    page.mouse().up();
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Page.GetByTextOptions exact() {
    return new Page.GetByTextOptions().setExact(true);
  }
}
