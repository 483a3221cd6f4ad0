package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.tutti.fault.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Whoever leaves a board is asked where something would be lost, and only there. */
class LeavingTest {
  private static final String NO_DATABASE =
      "IDBFactory.prototype.open = () => { throw new DOMException('No.', 'SecurityError'); };";
  private static final String ASKS =
      "() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))";

  /** Whether the library's database has so many rows. */
  private static final String STORED =
      """
      (count) => new Promise((resolve) => {
        indexedDB.open('tutti', 1).onsuccess = ({ target: { result: database } }) => {
          const store = database.transaction('outbox').objectStore('outbox');
          store.count().onsuccess = ({ target: { result } }) => {
            database.close();
            resolve(result === count);
          };
        };
      })
      """;

  private final Proxy proxy = Proxy.before(SharedServer.port());
  private final String url = "http://127.0.0.1:" + proxy.port();
  private BrowserContext ana;
  private String board;

  @BeforeEach
  void aBrowserAndABoardOfItsOwn(TestInfo test) {
    ana = Chromium.browser().newContext();
    board = test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void closed() {
    ana.close();
    proxy.close();
  }

  @Test
  void whatIsOnlyInThePageIsAskedForWhileItIsNotOnItsWay() {
    ana.addInitScript(NO_DATABASE);
    Page page = opens();
    page.getByText("Add three columns").click();
    isSaved(page);
    assertThat(asks(page)).as("saved").isFalse();
    proxy.freeze();
    adds(page, "On its way");
    assertThat(page.locator("#status")).hasText("Saving");
    assertThat(asks(page)).as("on its way").isFalse();
    proxy.refuse();
    proxy.thaw();
    assertThat(page.locator("#status")).hasText("Offline, 1 change waiting, in this page only");
    assertThat(asks(page)).as("only here").isTrue();

    List<String> dialogs = new ArrayList<>();
    page.onDialog(dialog -> {
      dialogs.add(dialog.type());
      dialog.dismiss();
    });
    page.waitForCondition(() -> {
      if (dialogs.isEmpty()) {
        page.close(new Page.CloseOptions().setRunBeforeUnload(true));
      }
      return !dialogs.isEmpty();
    });
    assertThat(dialogs).containsOnly("beforeunload");
    proxy.admit();
    page.locator("#status").click();
    isSaved(page);
    assertThat(page.locator(".card .title")).hasText("On its way");
    assertThat(asks(page)).as("saved again").isFalse();
    dialogs.clear();
    page.waitForClose(() -> page.close(new Page.CloseOptions().setRunBeforeUnload(true)));
    assertThat(dialogs).isEmpty();
  }

  @Test
  void whatIsStoredIsLeftWithoutAQuestionAndSoIsAnUndoOfWhatIsDurable() throws Exception {
    Page page = opens();
    page.getByText("Add three columns").click();
    adds(page, "One");
    adds(page, "Two");
    isSaved(page);
    proxy.refuse();
    assertThat(page.locator("#status")).hasAttribute("data-state", "offline");
    page.keyboard().press("Control+z");
    page.keyboard().press("Control+z");
    assertThat(page.locator("#status")).hasText("Offline, 2 changes waiting");
    assertThat(page.locator(".toast")).hasText("It will be done when you are back online.");
    assertThat(asks(page)).as("both are stored").isFalse();
    Promised.isTrue(page, STORED, 2);
    page.close();

    proxy.admit();
    Page again = opens();
    isSaved(again);
    assertThat(again.locator(".card")).hasCount(0);
    RoomRecord record = RoomRecord.of(url, "board:" + board);
    assertThat(record.keys()).as("each once").hasSize(3 + 2 + 2);
    again.close();
  }

  @Test
  void anUndoOfWhatWasNotSentIsAskedForUntilItIsSent() {
    Page page = opens();
    page.getByText("Add three columns").click();
    isSaved(page);
    proxy.refuse();
    assertThat(page.locator("#status")).hasAttribute("data-state", "offline");
    adds(page, "Never mind");
    assertThat(page.locator("#status")).hasText("Offline, 1 change waiting");
    assertThat(asks(page)).as("stored").isFalse();
    page.keyboard().press("Control+z");
    assertThat(page.locator(".toast")).hasText("It will be done when you are back online.");
    assertThat(asks(page)).as("nothing of the undo is stored").isTrue();
    proxy.admit();
    page.locator("#status").click();
    assertThat(page.locator(".card")).hasCount(0);
    isSaved(page);
    assertThat(asks(page)).as("done").isFalse();
    page.close();
  }

  private Page opens() {
    Page page = ana.newPage();
    page.navigate(url + "/board/" + board + "?name=Ana");
    return page;
  }

  private static void adds(Page page, String ticket) {
    var field = page.getByLabel("Add a ticket to To do");
    field.fill(ticket);
    field.press("Enter");
    field.press("Escape");
  }

  private static void isSaved(Page page) {
    assertThat(page.locator("#status[aria-busy=false]")).hasText("Saved");
  }

  private static boolean asks(Page page) {
    return (boolean) page.evaluate(ASKS);
  }
}
