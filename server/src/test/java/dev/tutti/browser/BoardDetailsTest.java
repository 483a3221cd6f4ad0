package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** The smaller things that one does on a board, and what it says while it waits. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardDetailsTest {
  private final Stage stage = new Stage();
  private String board;

  @BeforeEach
  void aBoardOfItsOwn(TestInfo test) {
    board = test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    stage.clear();
  }

  private static Locator dialog(BoardPage page) {
    return page.page().locator("dialog[open]");
  }

  private static Locator menuItem(BoardPage page, String words) {
    return page.page()
        .locator(".menu button")
        .filter(new Locator.FilterOptions().setHasText(words));
  }

  /** In milliseconds, by the page's clock and time zone. */
  private static final String LEFT_OF_DAY = "new Date().setHours(24, 0, 0, 0) - Date.now()";

  @Test
  void aTicketGetsADayAndAPersonAndStandsInTheirSwimlane() {
    BoardPage ana =
        stage
            .opens("Ana", board)
            .withThreeColumns()
            .adds("One", "To do")
            .adds("Two", "To do")
            .isSaved();
    BoardPage bo = stage.opens("Bo", board).sees("To do", "One", "Two");
    Locator due = bo.card("One").locator(".due");
    ana.card("One").click();
    LocalDate today =
        LocalDate.parse((String) ana.page().evaluate("new Date().toLocaleDateString('en-CA')"));
    String[][] days = {
      {today.minusDays(1).toString(), "Due yesterday", "past"},
      {today.plusDays(1).toString(), "Due tomorrow", "near"},
      {today.plusDays(40).toString(), "Due ", "far"}
    };
    for (String[] day : days) {
      dialog(ana).getByLabel("Due").fill(day[0]);
      assertThat(due).containsText(day[1]);
      assertThat(due).hasAttribute("data-urgency", day[2]);
    }
    dialog(ana).getByLabel("Due").fill(today.plusDays(1).toString());
    dialog(ana).locator(".choice", new Locator.LocatorOptions().setHasText("Bo")).click();
    assertThat(bo.card("One").locator(".avatar")).hasAttribute("aria-label", "Bo");
    assertThat(dialog(ana).locator(".choice[aria-pressed=true]")).isFocused();
    ana.page().keyboard().press("Escape");
    ana.page().locator("#more").click();
    menuItem(ana, "Group by person").click();
    assertThat(ana.page().locator(".swimlane .group")).hasText(new String[] {"BBo", "Nobody"});
    assertThat(ana.page().locator(".swimlane").first().locator(".card .title")).hasText("One");
    bo.page().clock().install(new Clock.InstallOptions().setTime(System.currentTimeMillis()));
    bo.page().reload();
    assertThat(due).hasText("Due tomorrow");
    bo.page().clock().fastForward(((Number) bo.page().evaluate(LEFT_OF_DAY)).longValue() + 1);
    assertThat(due).hasText("Due today");
  }

  @Test
  void columnsAreRenamedMovedAndDeletedWithoutTheirTickets() {
    BoardPage ana = stage.opens("Ana", board).withThreeColumns().adds("One", "To do").isSaved();
    BoardPage bo = stage.opens("Bo", board).sees("To do", "One");
    Locator titles = bo.page().locator(".column h2");
    ana.page().getByLabel("Menu of To do").click();
    menuItem(ana, "Rename").click();
    ana.types("Title of the column", "Later");
    assertThat(titles).hasText(new String[] {"Later", "Doing", "Done"});
    ana.page().getByLabel("Menu of Later").click();
    menuItem(ana, "Move right").click();
    assertThat(titles).hasText(new String[] {"Doing", "Later", "Done"});
    ana.page().getByLabel("Menu of Later").click();
    menuItem(ana, "Delete…").click();
    ana.page().getByLabel("Where the tickets go").selectOption("done");
    dialog(ana).getByText("Delete column").click();
    assertThat(titles).hasText(new String[] {"Doing", "Done"});
    bo.sees("Done", "One");
    ana.seesToast("Column deleted.").page().locator(".toast button").click();
    assertThat(titles).hasText(new String[] {"Doing", "Later", "Done"});
    bo.sees("Later", "One");
  }

  @Test
  void columnsAndItemsAreCarriedToOtherPlaces() {
    BoardPage ana = stage.opens("Ana", board).withThreeColumns().adds("One", "To do").isSaved();
    BoardPage bo = stage.opens("Bo", board).sees("To do", "One");
    Locator titles = bo.page().locator(".column h2");
    carries(ana, ana.column("Done").locator("h2"), ana.column("To do").locator("h2"), -40);
    assertThat(ana.page().locator(".column h2").first()).hasText("Done");
    ana.page().keyboard().press("Escape");
    assertThat(ana.page().locator(".column h2").last()).hasText("Done");
    ana.page().mouse().up();
    carries(ana, ana.column("Done").locator("h2"), ana.column("To do").locator("h2"), -40);
    ana.page().mouse().up();
    assertThat(titles).hasText(new String[] {"Done", "To do", "Doing"});
    ana.isSaved().card("One").click();
    for (String item : new String[] {"Flour", "Eggs", "Milk"}) {
      ana.types("Add a checklist item", item);
    }
    // What is told of a ticket may be as high as its dialog, which moves when it comes.
    assertThat(dialog(ana).locator(".activity li").first()).containsText("added “Milk”");
    ana.isSaved();
    bo.card("One").click();
    Locator items = dialog(bo).locator(".checks input");
    Locator rows = dialog(ana).locator(".checks li");
    rows.nth(2).hover();
    carries(ana, rows.nth(2).locator(".grip"), rows.nth(0).locator(".grip"), 0, -12);
    ana.page().mouse().up();
    seesItems(items, "Milk", "Flour", "Eggs");
    dialog(ana)
        .getByLabel("Milk", new Locator.GetByLabelOptions().setExact(true))
        .press("Alt+ArrowDown");
    seesItems(items, "Flour", "Milk", "Eggs");
    assertThat(dialog(ana).getByLabel("Milk", new Locator.GetByLabelOptions().setExact(true)))
        .isFocused();
    assertThat(dialog(bo).locator(".activity li").first())
        .containsText("moved “Milk” within the checklist");
  }

  private static void seesItems(Locator items, String... names) {
    for (int i = 0; i < names.length; i++) {
      assertThat(items.nth(i)).hasAttribute("aria-label", names[i]);
    }
  }

  private static void carries(BoardPage page, Locator what, Locator to, int across) {
    carries(page, what, to, across, 0);
  }

  /** Takes something by the mouse and holds it beside the place of another. */
  private static void carries(BoardPage page, Locator what, Locator to, int across, int down) {
    page.isStill();
    what.hover();
    BoundingBox end = to.boundingBox();
    page.page().mouse().down();
    page.page()
        .mouse()
        .move(
            end.x + end.width / 2 + across,
            end.y + end.height / 2 + down,
            new Mouse.MoveOptions().setSteps(6));
    assertThat(page.page().locator(".carried")).hasCount(1);
  }

  @Test
  void aNameAndAThemeAreChosenAndKept() {
    BoardPage ana = stage.opens("Ana", board).withThreeColumns().isSaved();
    BoardPage bo = stage.opens("Bo", board);
    ana.page().locator("#me").click();
    Locator name =
        ana.page().getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Your name"));
    name.fill("Ana Lima");
    name.press("Enter");
    assertThat(bo.page().locator("#people .avatar")).hasAttribute("aria-label", "Ana Lima");
    String paper = "getComputedStyle(document.body).backgroundColor";
    Locator theme = ana.page().locator("#theme");
    theme.click();
    assertThat(theme).hasAttribute("aria-label", "Theme: light");
    Object light = ana.page().evaluate(paper);
    theme.click();
    assertThat(theme).hasAttribute("aria-label", "Theme: dark");
    assertThat(ana.page().evaluate(paper)).isNotEqualTo(light);
    Object dark = ana.page().evaluate(paper);
    ana.isSaved().reloads();
    assertThat(ana.page().evaluate(paper)).isEqualTo(dark);
    assertThat(ana.page().locator("#me"))
        .hasAttribute("title", "You are Ana Lima. Click to change the name.");
  }

  @Test
  void whatIsCarriedByKeyboardIsSaidAndNothingFliesForWhoeverWantsItStill() {
    BoardPage ana =
        stage
            .opens("Ana", board, Stage.desk().setReducedMotion(ReducedMotion.REDUCE))
            .withThreeColumns()
            .adds("One", "To do")
            .adds("Two", "To do")
            .isSaved();
    ana.page()
        .evaluate(
            "() => { window.flights = 0; Element.prototype.animate = () => { window.flights++; };"
                + " }");
    Locator said = ana.page().locator("#announced");
    ana.presses("One", "Space");
    assertThat(said).hasText("Lifted To do, place 1 of 2.");
    ana.page().keyboard().press("ArrowDown");
    assertThat(said).hasText("At To do, place 2 of 2.");
    ana.page().keyboard().press("ArrowRight");
    assertThat(said).hasText("At Doing, place 1 of 1.");
    ana.page().keyboard().press("Escape");
    assertThat(said).hasText("Put back.");
    ana.presses("One", "Space", "ArrowRight", "Space");
    assertThat(said).hasText("Put down at Doing, place 1 of 1.");
    ana.sees("Doing", "One").isSaved();
    ana.page().keyboard().press("Control+z");
    ana.sees("To do", "One", "Two").isSaved();
    ana.page().keyboard().press("Control+y");
    ana.sees("Doing", "One").isSaved();
    assertThat(ana.page().evaluate("window.flights")).isEqualTo(0);
  }

  @Test
  void aBoardThatDoesNotComeSaysSoAndComesWhenItIsAskedAgain() {
    AtomicReference<WebSocketRoute> silent = new AtomicReference<>();
    AtomicBoolean up = new AtomicBoolean();
    Page ana =
        stage.arrives(
            "/board/" + board,
            Stage.desk(),
            page ->
                page.routeWebSocket(
                    "**/v1/ws",
                    socket -> {
                      if (up.get()) {
                        socket.connectToServer();
                      } else if (!silent.compareAndSet(null, socket)) {
                        socket.close();
                      }
                    }));
    assertThat(ana.locator(".skeleton")).isVisible();
    ana.waitForCondition(() -> silent.get() != null);
    silent.get().close();
    assertThat(ana.locator("#message h2")).hasText("The server cannot be reached");
    Axe.isContentWith(ana, "a server that cannot be reached");
    up.set(true);
    ana.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try now")).first().click();
    assertThat(ana.locator("#message h2")).hasText("An empty board");
    assertThat(ana.locator(".skeleton")).isHidden();
  }

  @Test
  void anUndoOfflineSaysThatItWaitsAndIsDoneLater() {
    BoardPage ana = stage.opens("Ana", board).withThreeColumns().adds("One", "To do").isSaved();
    BoardPage bo = stage.opens("Bo", board).sees("To do", "One");
    ana.page().context().setOffline(true);
    ana.isOffline().drags("One", "Doing").sees("Doing", "One");
    ana.page().keyboard().press("Control+z");
    ana.seesToast("when you are back online");
    ana.page().context().setOffline(false);
    ana.sees("To do", "One").isSaved();
    bo.sees("To do", "One").sees("Doing");
  }
}
