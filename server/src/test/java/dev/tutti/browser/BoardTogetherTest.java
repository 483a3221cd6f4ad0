package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** What people see of each other on a board, and what they can take back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardTogetherTest {
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

  private BoardPage opens(String person) {
    return stage.opens(person, board);
  }

  @Test
  void pointersAreSeenOverTheSameCardAndLeaveWithTheirOwner() {
    BoardPage ana = opens("Ana").withThreeColumns().adds("One", "To do").isSaved();
    BoardPage bo = opens("Bo").sees("To do", "One");
    bo.page().setViewportSize(1280, 800);
    ana.hovers("One");
    Locator pointer = bo.page().locator(".cursor");
    assertThat(pointer).hasText("Ana");
    assertThat(pointer.locator("span")).isVisible();
    var card = bo.card("One").boundingBox();
    bo.waitsFor(
        "(box) => { const {x, y} = document.querySelector('.cursor').getBoundingClientRect();"
            + " return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y +"
            + " box.height; }",
        java.util.Map.of("x", card.x, "y", card.y, "width", card.width, "height", card.height));
    ana.page().mouse().move(400, 20);
    assertThat(pointer).hasCount(0);
    assertThat(ana.page().locator(".cursor")).hasCount(0);
  }

  @Test
  void aPersonWithTwoTabsIsOneAvatar() {
    BoardPage ana = opens("Ana");
    ana.page().context().newPage().navigate(stage.url() + "/board/" + board);
    BoardPage bo = opens("Bo");
    bo.waitsFor("() => document.querySelectorAll('#people .avatar').length === 1", null);
    assertThat(bo.page().locator("#people .avatar")).hasAttribute("aria-label", "Ana");
  }

  @Test
  void aMentionIsOfferedSetOffAndTold() {
    BoardPage ana = opens("Ana").withThreeColumns().adds("One", "To do").isSaved();
    BoardPage bo = opens("Bo");
    ana.card("One").click();
    Locator field = ana.page().getByLabel("Write a comment");
    field.pressSequentially("Look, @b");
    assertThat(ana.page().getByRole(com.microsoft.playwright.options.AriaRole.OPTION))
        .hasText(new String[] {"BBo"});
    field.press("Enter");
    assertThat(field).hasValue("Look, @Bo ");
    field.press("Enter");
    assertThat(ana.page().locator(".said .mention")).hasText("@Bo");
    bo.seesToast("Ana mentioned you in “One”.");
    bo.page().getByText("Open", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(bo.page().locator("dialog[open] .mention.me")).hasText("@Bo");
  }

  @Test
  void namesAreTextWhereverTheyStand() {
    String name = "<img src=x onerror=alert(1)>";
    BoardPage eve =
        stage.opens(
            java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8), board);
    eve.withThreeColumns().adds("javascript:alert(1)", "To do").isSaved();
    BoardPage bo = opens("Bo");
    eve.hovers("javascript:alert(1)");
    assertThat(bo.page().locator(".cursor")).hasText(name);
    bo.card("javascript:alert(1)").click();
    bo.types("Write a comment", "@" + name + " http://example.org/").isSaved();
    eve.seesToast("Bo mentioned you");
    for (Page page : List.of(eve.page(), bo.page())) {
      assertThat(page.evaluate("document.querySelectorAll('img, main a, dialog a').length"))
          .isEqualTo(0);
    }
    assertThat(bo.page().locator("dialog[open] .mention")).hasText("@" + name);
  }

  @Test
  void ctrlZTakesBackMyOwnLastChangeAndCtrlShiftZDoesItAgain() {
    BoardPage ana = opens("Ana").withThreeColumns().adds("One", "To do").isSaved();
    BoardPage bo = opens("Bo");
    ana.drags("One", "Doing").isSaved();
    bo.sees("Doing", "One").adds("Two", "Done").isSaved();
    ana.sees("Done", "Two");
    ana.page().keyboard().press("Control+z");
    ana.sees("To do", "One").sees("Done", "Two");
    ana.page().keyboard().press("Control+Shift+z");
    ana.sees("Doing", "One");
    bo.sees("Doing", "One").drags("One", "Done").isSaved();
    ana.sees("Done", "Two", "One");
    ana.page().keyboard().press("Control+z");
    ana.seesToast("changed").sees("Done", "Two", "One");
  }

  @Test
  void aToastTakesAnArchivedTicketBack() {
    BoardPage ana = opens("Ana").withThreeColumns().adds("One", "To do").isSaved();
    ana.card("One").click();
    ana.page()
        .locator("dialog[open]")
        .getByText("Archive", new Locator.GetByTextOptions().setExact(true))
        .click();
    ana.sees("To do").seesToast("Archived.");
    ana.page().locator(".toast").getByText("Undo").click();
    ana.sees("To do", "One").isSaved();
  }

  @Test
  void archivedTicketsAreFoundByTheirWords() {
    BoardPage ana =
        opens("Ana")
            .withThreeColumns()
            .adds("Red door", "To do")
            .adds("Blue door", "To do")
            .isSaved();
    for (String ticket : List.of("Red door", "Blue door")) {
      ana.card(ticket).click();
      ana.page()
          .locator("dialog[open]")
          .getByText("Archive", new Locator.GetByTextOptions().setExact(true))
          .click();
    }
    ana.page().locator("#archive").click();
    Locator names = ana.page().locator("dialog.archive .name");
    assertThat(names).hasCount(2);
    ana.page().getByLabel("Search archived tickets").fill("blue");
    assertThat(names).hasText(new String[] {"Blue door"});
    ana.page().getByLabel("Restore: Blue door").click();
    assertThat(names).hasCount(0);
    ana.page().keyboard().press("Escape");
    ana.page().keyboard().press("Escape");
    ana.sees("To do", "Blue door");
  }
}
