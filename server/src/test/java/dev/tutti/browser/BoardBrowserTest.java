package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** People before the board page of a real server, in a real browser. */
class BoardBrowserTest {
  /** Whatever of it became an element can be found. */
  private static final String HOSTILE =
      "<img data-evil src=x onerror=alert(1)><svg data-evil onload=alert(2)></svg>"
          + "<a data-evil href=\"javascript:alert(3)\">x</a>\"'</script>"
          + "<script data-evil>alert(4)</script>";

  /** Remembers what is animated, from where to where, and for how long. */
  private static final String FLIGHTS =
      """
      () => {
        window.flights = [];
        const animate = Element.prototype.animate;
        Element.prototype.animate = function (frames, options) {
          const across = Number(/translate\\((-?[\\d.]+)px/.exec(frames[0]?.transform)?.[1] ?? 0);
          window.flights.push({text: this.textContent, across, end: frames.at(-1)?.transform, millis: options.duration, left: this.getBoundingClientRect().left});
          return animate.call(this, frames, options);
        };
      }
      """;

  /** As from further away: what is sent leaves when the frame that shows it is over. */
  private static final String FAR =
      """
      () => {
        const { send } = WebSocket.prototype;
        WebSocket.prototype.send = function (text) {
          requestAnimationFrame(() => requestAnimationFrame(() => send.call(this, text)));
        };
      }
      """;

  private final List<BoardPage> pages = new ArrayList<>();
  private String board;

  @BeforeEach
  void aBoardOfItsOwn(TestInfo test) {
    board = SharedServer.url() + "/board/" + test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    List<String> errors = pages.stream().flatMap(page -> page.errors().stream()).toList();
    pages.forEach(BoardPage::close);
    pages.clear();
    assertThat(errors).isEmpty();
  }

  private BoardPage opens(String name) {
    return opens(name, new Browser.NewContextOptions().setViewportSize(960, 640));
  }

  private BoardPage opens(String name, Browser.NewContextOptions options) {
    BoardPage page = BoardPage.open(Chromium.browser(), name, board, options);
    pages.add(page);
    return page;
  }

  @Test
  void aDragHereIsSeenThere() {
    BoardPage ana = opens("Ana").withThreeColumns();
    ana.adds("Write it down", "To do").adds("Try it", "To do").adds("Tell", "Doing");
    BoardPage bo = opens("Bo").sees("To do", "Write it down", "Try it").sees("Doing", "Tell");

    ana.lifts("Write it down", "Doing");
    bo.seesHolding("Ana", "Write it down").sees("To do", "Write it down", "Try it");
    ana.drops().sees("Doing", "Tell", "Write it down").isSaved();
    bo.sees("Doing", "Tell", "Write it down").sees("To do", "Try it");
    bo.seesNobodyHolding("Write it down");
    bo.drags("Try it", "Done");
    ana.sees("Done", "Try it").sees("To do");
    ana.reloads().sees("Doing", "Tell", "Write it down").sees("Done", "Try it").sees("To do");
  }

  /** The page asks for a frame before the board has heard of the drop: it is the next one. */
  @Test
  void aDropIsOnOwnScreenInTheSameFrame() {
    BoardPage ana = opens("Ana").withThreeColumns();
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

  @Test
  void theDemoBoardIsThereFromTheStart() {
    board = SharedServer.url() + "/board/demo";
    BoardPage ana = opens("Ana", new Browser.NewContextOptions());
    BoardPage bo = opens("Bo", new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
    ana.lifts("Map and how to come by ferry", "Review");
    bo.seesHolding("Ana", "Map and how to come by ferry");
    ana.page().keyboard().press("Escape");
    bo.seesNobodyHolding("Map and how to come by ferry");
  }

  @Test
  void aRefusedMoveGlidesBackAndSaysWhy() {
    BoardPage ana = opens("Ana").withThreeColumns().adds("One", "Doing").adds("Two", "To do");
    ana.limits("Doing", 1).isSaved();
    ana.page().evaluate(FLIGHTS);
    // A refusal that is there before the drop is seen takes the card home from the pointer.
    ana.page().evaluate(FAR);
    ana.drags("Two", "Doing");
    ana.seesToast("Doing").sees("Doing", "One").sees("To do", "Two").isSaved();
    double between = ana.column("Doing").boundingBox().x - ana.column("To do").boundingBox().x;
    ana.waitsFor(
        "(between) => window.flights.some(({text, across, end, millis}) => text.includes('Two') &&"
            + " Math.abs(across - between) < 2 && end === 'none' && millis >= 120 && millis <="
            + " 200)",
        between);
    assertThat(ana.page().locator(".ghost, .away")).hasCount(0);
    ana.drags("Two", "Done").sees("Done", "Two");
  }

  @Test
  void aCardIsCarriedByKeyboard() {
    BoardPage ana = opens("Ana").withThreeColumns();
    ana.adds("First", "To do").adds("Second", "To do").adds("Third", "Doing").isSaved();
    BoardPage bo = opens("Bo");
    ana.presses("First", "Space", "ArrowDown").sees("To do", "Second", "First");
    bo.seesHolding("Ana", "First").sees("To do", "First", "Second");
    ana.presses("First", "ArrowRight", "Space").sees("Doing", "Third", "First");
    bo.sees("Doing", "Third", "First").sees("To do", "Second");
    ana.presses("First", "Space", "ArrowLeft", "Escape").sees("Doing", "Third", "First");
    assertThat(ana.page().evaluate("document.activeElement.textContent")).isEqualTo("First");
  }

  @Test
  void whatPeopleTypeStaysText() {
    BoardPage ana = opens("Ana").withThreeColumns().adds(HOSTILE, "To do").isSaved();
    ana.types("Title of the board", HOSTILE);
    ana.column("Done").locator("h2").dblclick();
    ana.types("Title of the column", HOSTILE).isSaved();
    BoardPage bo = opens("Bo").sees("To do", HOSTILE);
    assertThat(bo.page().getByLabel("Title of the board")).hasValue(HOSTILE);
    assertThat(bo.page().locator(".column h2").last()).hasText(HOSTILE);
    assertThat(bo.page()).hasTitle(HOSTILE + " · tutti");
    ana.card(HOSTILE).click();
    ana.types("Write a comment", HOSTILE).types("New label", "<b data-evil>bold</b>");
    ana.types("Description", "javascript:alert(1) " + HOSTILE);
    ana.types("Add a checklist item", HOSTILE);
    ana.isSaved();
    bo.card(HOSTILE).click();
    Locator dialog = bo.page().locator("dialog[open]");
    assertThat(dialog.locator(".comments .said").first()).containsText(HOSTILE);
    assertThat(dialog.locator(".choice.label").first()).containsText("<b data-evil>bold</b>");
    assertThat(dialog.locator(".checks textarea").first()).hasValue(HOSTILE);
    dialog.getByText("Archive", new Locator.GetByTextOptions().setExact(true)).click();
    bo.isSaved().page().locator("#archive").click();
    assertThat(bo.page().locator("dialog[open] .name")).hasText(HOSTILE);
    ana.page().navigate(SharedServer.url() + "/");
    assertThat(ana.page().locator("#list b").getByText(HOSTILE).first()).isVisible();
    for (BoardPage page : List.of(ana, bo)) {
      assertThat(page.page().evaluate("document.querySelectorAll('[data-evil]').length"))
          .isEqualTo(0);
    }
  }

  @Test
  void anEditOverSomeoneElsesIsAskedAbout() {
    BoardPage ana = opens("Ana").withThreeColumns().adds("Draft", "To do").isSaved();
    BoardPage bo = opens("Bo");
    ana.card("Draft").click();
    ana.page().getByLabel("Title", exactly()).fill("As Ana has it");
    bo.card("Draft").click();
    bo.types("Title", "As Bo has it").isSaved();
    ana.sees("To do", "As Bo has it");
    ana.page().getByLabel("Title", exactly()).press("Enter");
    ana.seesToast("theirs stayed").sees("To do", "As Bo has it");
    ana.page().getByText("Use mine").click();
    bo.sees("To do", "As Ana has it");
  }

  @Test
  void everyControlHasANameAndEveryFieldALabel() {
    BoardPage ana = opens("Ana").withThreeColumns().adds("One", "To do").isSaved();
    assertThat(ana.page().evaluate(Screens.NAMELESS)).isEqualTo(List.of());
    Locator dialog = ana.page().locator("dialog[open]");
    ana.card("One").click();
    assertThat(dialog.getByLabel("Description")).isVisible();
    assertThat(ana.page().evaluate(Screens.NAMELESS)).isEqualTo(List.of());
    ana.page().keyboard().press("Escape");
    assertThat(dialog).hasCount(0);
    ana.page().keyboard().press("?");
    assertThat(dialog.locator(".keys")).isVisible();
    assertThat(ana.page().evaluate(Screens.NAMELESS)).isEqualTo(List.of());
  }

  @Test
  void aPhoneShowsTheBoardWithoutScrollingThePage() {
    opens("Ana").withThreeColumns().adds("One", "To do").isSaved();
    BoardPage phone =
        opens(
            "Chloe",
            new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                .setHasTouch(true)
                .setIsMobile(true));
    phone.sees("To do", "One");
    assertThat(phone.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
    assertThat(phone.column("To do").boundingBox().x).isBetween(0.0, 60.0);
    phone.card("One").tap();
    assertThat(phone.page().locator("dialog[open]").boundingBox().width).isEqualTo(390);
  }

  @Test
  void theStartPageListsBoardsAndMakesThem() {
    opens("Ana").withThreeColumns().isSaved();
    BoardPage bo = opens("Bo");
    bo.page().navigate(SharedServer.url() + "/");
    assertThat(bo.page().locator("a[href='/board/theStartPageListsBoardsAndMakesThem']"))
        .isVisible();
    bo.page().getByLabel("Name of a new board").fill("Été à Québec");
    bo.page().getByText("Create board").click();
    bo.page().waitForURL("**/board/ete-a-quebec");
    bo.sees("To do").isSaved();
    assertThat(bo.page().getByLabel("Title of the board")).hasValue("Été à Québec");
    bo.page().navigate(SharedServer.url() + "/");
    bo.page().getByLabel("Name of a new board").fill("Ete a Quebec");
    bo.page().getByText("Create board").click();
    bo.page().waitForURL("**/board/ete-a-quebec-*");
    bo.sees("To do").isSaved();
    assertThat(bo.page().getByLabel("Title of the board")).hasValue("Ete a Quebec");
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
