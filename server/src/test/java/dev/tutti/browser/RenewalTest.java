package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages that are open while the server gets another edition of them. */
class RenewalTest {
  private static final int MINUTE_MILLIS = 60_000;

  /** Longer than each page waits until it asks, and less than it takes to be looked at anew. */
  private static final int SPREAD_MILLIS = 15_000;

  /**
   * As a browser does, which says so again and again here, lest the clock's leaps cut the
   * connection.
   */
  private static final String HIDE =
      """
      Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
      setInterval(() => document.dispatchEvent(new Event('visibilitychange')), 200);
      """;

  private final BrowserContext profile = Chromium.browser().newContext(Stage.desk());
  private final Page page = profile.newPage();
  private final List<WebSocketRoute> sockets = new ArrayList<>();
  private final List<String> loads = new ArrayList<>();

  @AfterEach
  void close() {
    profile.close();
  }

  @Test
  void whoeverLooksIsToldAndWhatIsTypedIsKept() {
    opens("/chat/renewal?name=Ana", "#talk.ready");
    page.getByLabel("Write a message").fill("Half a thought");
    replaces("chat/renewal");
    Locator notice = page.locator(".renewal button");
    assertThat(notice).hasText("A new version is ready. Reload");
    Axe.isContentWith(page, "a chat of which there is a new edition");
    page.getByLabel("Write a message").fill("A whole thought");
    page.getByLabel("Write a message").press("Enter");
    assertThat(page.locator("#lines .line")).hasCount(1);
    page.getByLabel("Write a message").press("ArrowUp");
    page.getByLabel("Write a message").fill("Another thought");
    notice.click();
    assertThat(page.locator("dialog[open]")).containsText("not sent would be lost");
    page.keyboard().press("Escape");
    assertThat(page.getByLabel("Write a message")).hasValue("Another thought");
    assertThat(loads).isEmpty();
    page.getByLabel("Write a message").press("Escape");
    page.getByLabel("Write a message").fill("A draft");
    notice.click();
    page.waitForCondition(() -> loads.size() == 1);
    assertThat(page.getByLabel("Write a message")).hasValue("A draft");
    assertThat(page.locator("#talk.ready")).isVisible();
    assertThat(notice).hasCount(0);
  }

  @Test
  void aBoardThatNobodyLooksAtRenewsItselfUnlessSomethingIsTyped() throws Exception {
    Team.isThere();
    profile.addInitScript(Team.signedIn("Ines"));
    opens("/board/demo", ".card");
    Locator quick = page.locator(".quick").first();
    quick.fill("Buy");
    page.evaluate(HIDE);
    replaces("board/demo");
    page.clock().fastForward(6 * MINUTE_MILLIS);
    assertThat(page.locator("#status")).hasText("Saved");
    assertThat(loads).isEmpty();
    quick.fill("");
    page.waitForCondition(() -> loads.size() == 1);
  }

  private void opens(String path, String content) {
    page.routeWebSocket(
        Pattern.compile(".*/v1/ws"),
        socket -> {
          sockets.add(socket);
          socket.connectToServer();
        });
    page.clock().install();
    page.navigate(SharedServer.url() + path);
    assertThat(page.locator(content).first()).isVisible();
    page.onLoad(loaded -> loads.add(loaded.url()));
  }

  /** The server is replaced by one of another build, and the page comes back to that. */
  private void replaces(String path) {
    List<String> asked = new ArrayList<>();
    page.route(
        Pattern.compile(".*/" + path + "$"),
        route -> {
          String body =
              route.fetch().text().replaceAll("/at/[0-9a-f]{16}/", "/at/ffffffffffffffff/");
          asked.add(body);
          route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(body));
        });
    int before = sockets.size();
    sockets.getLast().close();
    page.waitForCondition(() -> sockets.size() > before);
    assertThat(page.locator("#status")).hasText("Saved");
    page.clock().fastForward(SPREAD_MILLIS);
    page.waitForCondition(() -> !asked.isEmpty());
  }
}
