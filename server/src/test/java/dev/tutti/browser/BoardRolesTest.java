package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** What a board offers to whom: viewers, editors, owners, and those to whom it is closed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardRolesTest {
  /** What can be pressed or written into, and changes something. */
  private static final String TEMPTING =
      """
      [...document.querySelectorAll('main button, dialog[open] :is(button, input, textarea, select)')]
        .filter((control) => control.checkVisibility() && !control.disabled && !control.readOnly)
        .map((control) => control.getAttribute('aria-label') ?? control.className)
        .filter((name) => name !== 'title' && name !== 'Close')
      """;

  private final Stage stage = new Stage();
  private String board;

  @BeforeEach
  void aBoardThatOlgaMade(TestInfo test) throws Exception {
    board = test.getTestMethod().orElseThrow().getName();
    Team.does("Olga", room(), "room.create", Map.of("title", "A board of Olga's"));
    Team.does("Olga", room(), "column.add", Map.of("column", "todo", "title", "To do"));
    Team.does(
        "Olga", room(), "ticket.add", Map.of("ticket", "t1", "column", "todo", "title", "One"));
    does("ticket.edit", Map.of("description", "At length"));
    does("ticket.label", Map.of("label", "bug", "hue", 25));
    does("ticket.check.add", Map.of("item", "i1", "text", "An item"));
    does("comment.add", Map.of("comment", "c1", "text", "By Olga"));
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    stage.clear();
  }

  private String room() {
    return "board:" + board;
  }

  private void does(String command, Map<String, ?> args) throws Exception {
    var all = new java.util.HashMap<String, Object>(args);
    all.put("ticket", "t1");
    Team.does("Olga", room(), command, all);
  }

  private void grants(String user, String role) throws Exception {
    Team.does("Olga", room(), "access.grant", Map.of("user", user, "role", role));
  }

  private Page opens(String who) {
    return stage.signsIn(who, "/board/" + board, Stage.desk());
  }

  private static Locator dialog(Page page) {
    return page.locator("dialog[open]");
  }

  @Test
  void aViewerReadsAllOfATicketAndIsOfferedNothingThatWouldBeRefused() throws Exception {
    grants("bo", "viewer");
    Team.does("Ines", room(), "ticket.add", Map.of("ticket", "t2", "column", "todo", "title", "2"));
    Team.does("Ines", room(), "ticket.archive", Map.of("ticket", "t2"));
    Page bo = opens("Bo");
    bo.locator(".card").click();
    assertThat(dialog(bo).getByLabel("Description")).hasValue("At length");
    assertThat(dialog(bo).getByLabel("Item: An item")).hasValue("An item");
    assertThat(dialog(bo).locator(".comments .said")).hasText("By Olga");
    assertThat(dialog(bo).locator(".choice.label")).hasText("bug");
    assertThat(bo.evaluate(TEMPTING)).isEqualTo(List.of());
    Axe.isContentWith(bo, "a ticket for a viewer");
    bo.keyboard().press("Escape");
    bo.locator("#archive").click();
    assertThat(dialog(bo).locator(".name")).hasText("2");
    assertThat(dialog(bo).getByRole(AriaRole.BUTTON)).hasCount(1);
    bo.keyboard().press("Escape");
    bo.locator(".column h2").dblclick();
    assertThat(bo.evaluate(TEMPTING)).isEqualTo(List.of());
  }

  @Test
  void whoMayNoLongerEditSeesItInTheOpenTicket() throws Exception {
    Page bo = opens("Bo");
    bo.locator(".card").click();
    assertThat(dialog(bo).getByLabel("Write a comment")).isVisible();
    grants("bo", "viewer");
    assertThat(dialog(bo).getByLabel("Write a comment")).isHidden();
    assertThat(bo.evaluate(TEMPTING)).isEqualTo(List.of());
    grants("bo", "editor");
    assertThat(dialog(bo).getByLabel("Write a comment")).isVisible();
  }

  @Test
  void anOwnerTakesAwayTheCommentsOfOthersAndAnEditorOnlyHerOwn() throws Exception {
    Team.does(
        "Bo",
        room(),
        "comment.add",
        Map.of("ticket", "t1", "comment", "c2", "text", "By Bo", "at", "later"));
    Page bo = opens("Bo");
    bo.locator(".card").click();
    Locator rows = dialog(bo).locator(".comments li");
    assertThat(rows).hasCount(2);
    assertThat(rows.nth(0).locator(".link")).hasCount(0);
    assertThat(rows.nth(1).locator(".link")).hasText(new String[] {"Edit", "Delete"});
    Page olga = opens("Olga");
    olga.locator(".card").click();
    Locator others = dialog(olga).locator(".comments li").nth(1);
    assertThat(others.locator(".link")).hasText(new String[] {"Delete"});
    others.locator(".link").click();
    assertThat(rows).hasCount(1);
    assertThat(olga.locator(".toast")).containsText("Comment deleted.");
  }

  @Test
  void aBoardThatIsClosedToSomebodySaysSo() throws Exception {
    grants("bo", "viewer");
    Page bo = opens("Bo");
    assertThat(bo.locator(".card")).isVisible();
    Team.does("Olga", room(), "access.revoke", Map.of("user", "bo"));
    assertThat(bo.locator("#message h2")).hasText("This board is not open to you");
    bo.reload();
    assertThat(bo.locator("#message h2")).hasText("This board is not open to you");
    assertThat(bo.locator("#message a")).hasText("All boards");
    Axe.isContentWith(bo, "a board that is closed to somebody");
  }
}
