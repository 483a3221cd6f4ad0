package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One person before one board. What it says it waits for, up to some seconds. */
final class BoardPage implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  /** Steps of a pointer's way, so that the page sees it move as it does under a hand. */
  private static final int STEPS = 12;

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * What has changed its place has begun to travel by the next frame, and is read as where it came
   * from until it has.
   */
  private static final String STILL =
      """
      () => new Promise((told) => {
        const look = () => told(!document.querySelector('.ghost') && document.getAnimations().every((one) => one.constructor !== Animation));
        requestAnimationFrame(() => requestAnimationFrame(look));
      })
      """;

  /** The name tag of a ticket's card. */
  private static final String HELD =
      "([ticket, person]) => [...document.querySelectorAll('.cards .card')].find((it) =>"
          + " it.textContent.includes(ticket))?.querySelector('.tag')";

  private final BrowserContext context;
  private final Page page;
  private final List<String> errors = new CopyOnWriteArrayList<>();

  private BoardPage(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.onPageError(errors::add);
    page.onConsoleMessage(message -> {
      if (message.text().contains("Content Security Policy")) {
        errors.add(message.text());
      }
    });
    page.onDialog(dialog -> errors.add("A dialog: " + dialog.message()));
    page.setDefaultTimeout(PATIENCE_MILLIS);
  }

  /** A person with a browser profile of its own, who opens a board. */
  static BoardPage open(Browser browser, String name, String url) {
    return open(browser, name, url, new Browser.NewContextOptions().setViewportSize(960, 640));
  }

  static BoardPage open(
      Browser browser, String name, String url, Browser.NewContextOptions options) {
    BoardPage board = new BoardPage(browser.newContext(options));
    board.page.navigate(url + "?name=" + name);
    board.isSaved();
    return board;
  }

  /** Begins with the columns To do, Doing and Done, as an empty board offers. */
  BoardPage withThreeColumns() {
    page.getByText("Add three columns").click();
    assertThat(page.locator(".column")).hasCount(3);
    return this;
  }

  BoardPage adds(String ticket, String column) {
    Locator field = column(column).locator(".quick");
    field.fill(ticket);
    field.press("Enter");
    return this;
  }

  BoardPage limits(String column, int tickets) {
    page.getByLabel("Menu of " + column).click();
    page.getByText("Limit…").click();
    page.getByLabel("Most tickets in this column").fill(Integer.toString(tickets));
    page.getByText("Save", exactly()).click();
    return this;
  }

  /** Into a field of the open dialog, ended by Enter. */
  BoardPage types(String field, String text) {
    Locator at = page.getByLabel(field, labelled());
    at.fill(text);
    at.press("Enter");
    return this;
  }

  /** Takes a card by the mouse and holds it over the end of a column. */
  BoardPage lifts(String ticket, String over) {
    isStill();
    BoundingBox end = column(over).locator(".add").boundingBox();
    return lifts(ticket, over, end.x + 60, end.y + 12);
  }

  /** Takes a card by the mouse and holds it over the first place of a column. */
  BoardPage liftsToTheTop(String ticket, String over) {
    isStill();
    BoundingBox list = column(over).locator(".cards").boundingBox();
    return lifts(ticket, over, list.x + 60, list.y + 12);
  }

  private BoardPage lifts(String ticket, String over, double x, double y) {
    BoundingBox from = card(ticket).boundingBox();
    page.mouse().move(from.x + 40, from.y + 12);
    page.mouse().down();
    page.mouse().move(x, y, new Mouse.MoveOptions().setSteps(STEPS));
    return until(
        """
        (over) => document.querySelector('.ghost') && [...document.querySelectorAll('.column')]
          .some((it) => it.querySelector('h2')?.textContent.includes(over) && it.querySelector('.card.slot'))
        """,
        over,
        () -> assertThat(column(over).locator(".card.slot")).isVisible());
  }

  BoardPage drops() {
    page.mouse().up();
    return this;
  }

  BoardPage drags(String ticket, String column) {
    return lifts(ticket, column).drops();
  }

  BoardPage presses(String ticket, String... keys) {
    card(ticket).locator(".title").focus();
    for (String key : keys) {
      page.keyboard().press(key);
    }
    return this;
  }

  /** Rests the mouse on a card. */
  BoardPage hovers(String ticket) {
    isStill();
    BoundingBox box = card(ticket).boundingBox();
    page.mouse().move(box.x + 30, box.y + 8);
    page.mouse().move(box.x + 40, box.y + 10);
    return this;
  }

  /** Until no card or column is on its way, so that each is where it seems to be. */
  BoardPage isStill() {
    Promised.isTrue(page, STILL, null);
    return this;
  }

  /** Until this page knows of somebody else: it tells nobody of a pointer who is not here. */
  BoardPage meets(String person) {
    Locator.FilterOptions named =
        new Locator.FilterOptions().setHas(page.getByLabel(person, labelled()));
    assertThat(page.locator("#people li").filter(named)).isVisible();
    return this;
  }

  /** Until a function of the page says yes. */
  BoardPage waitsFor(String function, @Nullable Object argument) {
    page.waitForFunction(function, argument);
    return this;
  }

  /** The tickets of a column, in this order and no others. */
  BoardPage sees(String column, String... tickets) {
    return until(
        """
        ([column, tickets]) => {
          const one = [...document.querySelectorAll('.column')].find((it) => it.querySelector('h2')?.textContent.includes(column));
          return one && JSON.stringify([...one.querySelectorAll('.card .title')].map((it) => it.textContent)) === tickets;
        }
        """,
        List.of(column, JSON.writeValueAsString(tickets)),
        () -> assertThat(column(column).locator(".card .title")).hasText(tickets));
  }

  BoardPage seesToast(String words) {
    assertThat(page.locator(".toast")).containsText(words);
    return this;
  }

  BoardPage seesHolding(String person, String ticket) {
    return until(
        HELD + "?.textContent === person",
        List.of(ticket, person),
        () -> assertThat(card(ticket).locator(".tag")).hasText(person));
  }

  BoardPage seesNobodyHolding(String ticket) {
    return until(
        HELD + "?.checkVisibility() === false",
        List.of(ticket),
        () -> assertThat(card(ticket).locator(".tag")).isHidden());
  }

  /** The word alone would not do: what is on its way for a moment does not change it. */
  BoardPage isSaved() {
    return until(
        "() => document.querySelector('#status[aria-busy=false]')?.textContent === 'Saved'",
        null,
        () -> assertThat(page.locator("#status[aria-busy=false]")).hasText("Saved"));
  }

  /** Asks once a frame, where an assertion would look again after longer and longer pauses. */
  private BoardPage until(String condition, @Nullable Object argument, Runnable explanation) {
    try {
      page.waitForFunction(condition, argument);
    } catch (TimeoutError late) {
      explanation.run();
      throw late;
    }
    return this;
  }

  BoardPage isOffline() {
    assertThat(page.locator("#status")).hasAttribute("data-state", "offline");
    return this;
  }

  BoardPage reloads() {
    page.reload();
    return isSaved();
  }

  byte[] screenshot() {
    return page.screenshot();
  }

  byte[] screenshot(Path file) {
    return page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  Page page() {
    return page;
  }

  Locator card(String ticket) {
    return page.locator(".cards .card").filter(new Locator.FilterOptions().setHasText(ticket));
  }

  Locator column(String title) {
    return page.locator(".column")
        .filter(
            new Locator.FilterOptions()
                .setHas(page.locator("h2", new Page.LocatorOptions().setHasText(title))));
  }

  /** Errors of scripts, breaches of the content policy, and dialogs that nobody asked for. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  @Override
  public void close() {
    context.close();
  }

  private static Page.GetByLabelOptions labelled() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }
}
