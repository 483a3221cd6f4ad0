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
    ana.meets("Bo").hovers("One");
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
    ana.meets("Bo").card("One").click();
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
    eve.meets("Bo").hovers("javascript:alert(1)");
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

  @Test
  void aCommentThatIsBeingChangedIsLeftAloneByWhatOthersSay() {
    BoardPage ana =
        opens("Ana").withThreeColumns().adds("One", "To do").adds("Two", "To do").isSaved();
    BoardPage bo = opens("Bo").sees("To do", "One", "Two");
    ana.card("One").click();
    ana.types("Write a comment", "First words").isSaved();
    ana.page().getByText("Edit", exactly()).click();
    Locator field = ana.page().getByLabel("Edit the comment");
    field.fill("Half a sen");
    bo.card("Two").click();
    bo.types("Write a comment", "On another ticket").isSaved();
    bo.page().keyboard().press("Escape");
    bo.card("One").click();
    bo.types("Write a comment", "On this one").isSaved();
    Locator said = ana.page().locator("dialog[open] .comments .said");
    assertThat(said).hasText(new String[] {"On this one"});
    assertThat(field).hasValue("Half a sen");
    assertThat(field).isFocused();
    assertThat(bo.page().locator("dialog[open] .comments .said").first()).hasText("First words");
    field.press("End");
    field.pressSequentially("tence");
    field.press("Enter");
    assertThat(said).hasText(new String[] {"Half a sentence", "On this one"});
    assertThat(bo.page().locator("dialog[open] .comments .said").first())
        .hasText("Half a sentence");
    ana.page().getByText("Delete", exactly()).first().click();
    assertThat(said).hasText(new String[] {"On this one"});
    ana.seesToast("Comment deleted.");
  }

  @Test
  void whatIsRefusedOrNotYetSentIsInItsFieldAgain() {
    BoardPage ana = opens("Ana").withThreeColumns().adds("One", "Doing").limits("Doing", 1);
    ana.isSaved().adds("A long title", "Doing").seesToast("is full");
    assertThat(ana.column("Doing").locator(".quick")).hasValue("A long title");
    ana.sees("Doing", "One");
    ana.card("One").click();
    Locator comment = ana.page().getByLabel("Write a comment");
    comment.fill("Not yet sent");
    ana.page().keyboard().press("Escape");
    ana.adds("Two", "To do").isSaved().card("Two").click();
    assertThat(comment).hasValue("");
    ana.page().keyboard().press("Escape");
    ana.reloads().card("One").click();
    assertThat(comment).hasValue("Not yet sent");
  }

  @Test
  void anItemOfAChecklistIsWrittenAnewInItsPlace() {
    BoardPage ana = opens("Ana").withThreeColumns().adds("One", "To do").isSaved();
    BoardPage bo = opens("Bo").sees("To do", "One");
    ana.card("One").click();
    ana.types("Add a checklist item", "Flour").types("Add a checklist item", "Eggs").isSaved();
    ana.types("Item: Flour", "Flour, 2 kg").isSaved();
    bo.card("One").click();
    assertThat(bo.page().getByLabel("Item: Flour, 2 kg")).hasValue("Flour, 2 kg");
    ana.page().getByLabel("Item: Eggs", labelled()).fill("Half a do");
    bo.page().getByLabel("Eggs", labelled()).check();
    assertThat(ana.page().getByLabel("Eggs", labelled())).isChecked();
    ana.page().getByLabel("Item: Eggs", labelled()).fill("Half a dozen eggs");
    ana.page().getByLabel("Item: Eggs", labelled()).press("Enter");
    assertThat(bo.page().getByLabel("Half a dozen eggs", labelled())).isChecked();
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Page.GetByLabelOptions labelled() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
