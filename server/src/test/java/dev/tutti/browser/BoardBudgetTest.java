package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a board of 1,000 tickets may cost, in what does not depend on the machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardBudgetTest {
  private static final int TICKETS = LargeBoard.TICKETS;
  private static final int MOST_CARDS = 150;
  private static final int MOST_TOUCHED = 30;
  private static final int MOST_STYLED = 150;

  private final Stage stage = new Stage();

  @BeforeAll
  void fill() {
    LargeBoard.on(stage);
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    stage.clear();
  }

  @Test
  void onlyCardsInSightAreInThePageAndTheOthersComeWhenTheyAreNeeded() {
    BoardPage ana = stage.opens("Ana", "large");
    assertThat(ana.column("a").locator(".count")).hasText(Integer.toString(TICKETS / 4));
    assertThat(ana.card("Ticket 0000")).isVisible();
    assertThat(count(ana.page(), ".card")).isBetween(20, MOST_CARDS);
    // Heights that were never seen are estimated, so the end may be a little further down.
    ana.waitsFor(
        "() => { const list = document.querySelector('.cards'); list.scrollTop = list.scrollHeight;"
            + " return list.textContent.includes('Ticket 0996'); }",
        null);
    assertThat(ana.card("Ticket 0996")).isVisible();
    assertThat(count(ana.page(), ".card")).isLessThan(MOST_CARDS);
    ana.page().keyboard().press("/");
    ana.page().keyboard().insertText("Ticket 0402");
    assertThat(ana.page().locator(".card .title")).hasText(new String[] {"Ticket 0402"});
  }

  @Test
  void theArrowsReachEveryCard() {
    BoardPage ana = stage.opens("Ana", "large");
    ana.presses("Ticket 0003", "ArrowDown");
    for (int i = 0; i < 60; i++) {
      ana.page().keyboard().press("ArrowDown");
    }
    assertThat(ana.page().locator(":focus")).hasText("Ticket 0247");
    assertThat(ana.page().locator(".card:focus-within"))
        .hasAttribute("aria-setsize", Integer.toString(TICKETS / 4));
  }

  @Test
  void anEventTouchesOnlyWhatItChanges() {
    BoardPage ana = stage.opens("Ana", "large");
    BoardPage bo = stage.opens("Bo", "large");
    assertThat(ana.page().locator("#people .avatar")).hasCount(1);
    ana.page()
        .evaluate(
            "window.touched = new Set(); new MutationObserver((all) => all.forEach(({target}) =>"
                + " touched.add(target))).observe(document.getElementById('board'), {subtree: true,"
                + " childList: true, attributes: true, characterData: true}); undefined");
    bo.card("Ticket 0004").click();
    bo.types("Title", "Renamed").isSaved();
    bo.page().keyboard().press("Escape");
    assertThat(ana.card("Renamed")).isVisible();
    assertThat(ana.card("Renamed").locator(".tag")).isHidden();
    assertThat(((Number) ana.page().evaluate("touched.size")).intValue())
        .isBetween(1, MOST_TOUCHED);
  }

  /**
   * What a list says of itself, all its cards would inherit, and be styled again with every move.
   */
  @Test
  void aMoveStylesOnlyTheCardsThatMakeRoom() {
    BoardPage ana = stage.opens("Ana", "large");
    BoardPage bo = stage.opens("Bo", "large");
    // What they style at first is traced too, of both: they share a browser.
    ana.isStill();
    bo.isStill();
    Browser browser = Chromium.browser();
    browser.startTracing(
        ana.page(), new Browser.StartTracingOptions().setCategories(List.of("devtools.timeline")));
    bo.presses("Ticket 0003", " ", "ArrowLeft", " ").isSaved();
    assertThat(ana.column("c").locator(".card", titled("Ticket 0003"))).isVisible();
    JsonNode events = new JsonMapper().readTree(browser.stopTracing()).path("traceEvents");
    int most = 0;
    for (JsonNode event : events) {
      most = Math.max(most, event.path("args").path("elementCount").asInt());
    }
    assertThat(most).isBetween(1, MOST_STYLED);
  }

  /** A long column holds only the cards in sight, but nobody scrolls on paper. */
  @Test
  void onPaperEveryTicketIsThere() {
    BoardPage ana = stage.opens("Ana", "large");
    String few =
        "most => { const cards = document.querySelectorAll('.card').length; return cards > 0 &&"
            + " cards < most; }";
    ana.waitsFor(few, MOST_CARDS);
    byte[] pdf = ana.page().pdf(new Page.PdfOptions().setTagged(true));
    assertThat(items(pdf)).isEqualTo(TICKETS);
    ana.waitsFor(few, MOST_CARDS); // The paper is there before the page hears that it is.
  }

  /** The items of lists that a tagged document has on its pages. */
  private static int items(byte[] pdf) {
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    return text.split("/S /LI\\b", -1).length - 1;
  }

  private static Locator.LocatorOptions titled(String ticket) {
    return new Locator.LocatorOptions().setHasText(ticket);
  }

  private static int count(Page page, String selector) {
    return page.locator(selector).count();
  }
}
