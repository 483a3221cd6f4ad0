package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What axe-core finds in each state of the pages, in light and dark: nothing serious. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardAccessTest {
  private final Stage stage = new Stage();

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    stage.clear();
  }

  @Test
  void theBoardInEachOfItsStates() {
    BoardPage ana = stage.opens("Ana", "demo", Stage.desk());
    Page page = ana.page();
    assertThat(page.locator(".card").first()).isVisible();
    Axe.isContentWith(page, "the board");
    page.keyboard().press("?");
    assertThat(page.locator("dialog[open] .keys")).isVisible();
    Axe.isContentWith(page, "the keyboard map");
    page.keyboard().press("Escape");
    ana.card("Reserve a table").click();
    assertThat(page.locator(".activity li").first()).isVisible();
    page.getByLabel("Write a comment").pressSequentially("@");
    Axe.isContentWith(page, "a ticket, while someone is mentioned");
    page.getByLabel("Write a comment").fill("");
    page.getByLabel("Close", new Page.GetByLabelOptions().setExact(true))
        .locator("visible=true")
        .click();
    page.locator("#archive").click();
    assertThat(page.locator("dialog[open].archive")).isVisible();
    Axe.isContentWith(page, "the archive");
    page.keyboard().press("Escape");
    page.locator("#more").click();
    assertThat(page.locator(".menu").getByText("Group by person")).isVisible();
    Axe.isContentWith(page, "the menu");
    page.locator("[role=menuitemradio]").nth(1).click();
    assertThat(page.locator(".swimlane").first()).isVisible();
    Axe.isContentWith(page, "swimlanes");
  }

  @Test
  void whatABoardSaysWhenSomethingIsAmiss() {
    BoardPage ana = stage.opens("Ana", "amiss", Stage.desk());
    Page page = ana.page();
    ana.withThreeColumns().adds("One", "Doing").limits("Doing", 1).isSaved();
    ana.drags("One", "To do").adds("Two", "Doing").isSaved();
    ana.drags("One", "Doing").seesToast("is full");
    Axe.isContentWith(page, "a refusal");
    page.getByLabel("Menu of Doing").click();
    Axe.isContentWith(page, "a column's menu");
    page.getByText("Delete…").click();
    assertThat(page.locator("dialog[open]")).isVisible();
    Axe.isContentWith(page, "a question");
    page.keyboard().press("Escape");
    page.context().setOffline(true);
    ana.isOffline().adds("Three", "To do");
    Axe.isContentWith(page, "a board that is offline");
    page.locator("#filter").fill("nothing has this");
    assertThat(page.locator("#message h2")).hasText("Nothing matches");
    Axe.isContentWith(page, "a filter that lets nothing through");
  }

  @Test
  void anEmptyBoardOnAPhone() {
    BoardPage ana = stage.opens("Ana", "empty", Stage.phone());
    assertThat(ana.page().getByText("Add three columns")).isVisible();
    Axe.isContentWith(ana.page(), "an empty board");
    ana.withThreeColumns().adds("One", "To do").isSaved();
    ana.card("One").tap();
    assertThat(ana.page().locator(".activity li").first()).isVisible();
    Axe.isContentWith(ana.page(), "a ticket on a phone");
  }

  @Test
  void aWrongAddressLeadsBackToTheBoards() {
    try (BrowserContext profile = Chromium.browser().newContext(Stage.desk())) {
      Page page = profile.newPage();
      page.navigate(stage.url() + "/boards/lunch");
      assertThat(page.getByRole(AriaRole.HEADING)).hasText("There is nothing here");
      Axe.isContentWith(page, "a wrong address");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Boards").setExact(true))
          .click();
      assertThat(page).hasURL(stage.url() + "/");
    }
  }

  @Test
  void theStartPage() {
    BoardPage ana = stage.opens("Ana", "demo", Stage.desk());
    ana.page().navigate(stage.url() + "/");
    assertThat(ana.page().locator("#list a").first()).isVisible();
    Axe.isContentWith(ana.page(), "the start page");
  }
}
