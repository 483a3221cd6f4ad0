package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import dev.tutti.auth.Grants;
import dev.tutti.auth.Secret;
import dev.tutti.auth.TokenRules;
import dev.tutti.auth.Tokens;
import dev.tutti.protocol.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A screen on a wall, before which nobody stands. */
class KioskTest {
  private static final int LOOK_MILLIS = 30_000;
  private static final int BRIEF_MILLIS = 6_000;
  private static final String EXPIRED = "The token has expired.";

  /** A browser that says how often it was asked to keep the screen awake; ours has no screen. */
  private static final String SCREEN =
      """
      window.locks = [];
      Object.defineProperty(navigator, 'wakeLock', { value: { request: async (kind) => {
        const lock = { kind, released: false, release: async () => { lock.released = true; } };
        locks.push(lock);
        return lock;
      } } });
      """;

  /** As a browser does with a page that is hidden, and shown again. */
  private static final String HIDE_AND_SHOW =
      """
      for (const state of ['hidden', 'visible']) {
        Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
        if (state === 'hidden') for (const lock of locks) lock.released = true;
        document.dispatchEvent(new Event('visibilitychange'));
      }
      """;

  private final List<String> troubles = new ArrayList<>();
  private final List<WebSocketRoute> sockets = new ArrayList<>();
  private final BrowserContext profile = Chromium.browser().newContext(Stage.desk());
  private boolean letIn = true;
  private int turnedAway;

  @AfterEach
  void nothingWasAskedOfAnybody() {
    profile.close();
    assertThat(troubles).isEmpty();
  }

  @Test
  void itIsKeptAwakeAndGoesOnByItselfWhenItWasTurnedAway() throws Exception {
    Page page = hangs("wall");
    assertThat(page.locator(".bar")).isHidden();
    assertThat(page.locator(".tile .value")).hasText("1");
    page.waitForFunction("() => locks.length === 1 && locks[0].kind === 'screen'");
    page.evaluate(HIDE_AND_SHOW);
    page.waitForFunction("() => locks.length === 2 && !locks[1].released");

    letIn = false;
    turnAway(sockets.getLast());
    assertThat(page.locator("body")).hasClass(Pattern.compile("\\bcut\\b"));
    page.clock().fastForward(BRIEF_MILLIS);
    assertThat(page.locator(".wall"))
        .hasText(
            Pattern.compile(
                "No connection since .+\\. " + EXPIRED + " It is tried again by itself\\."));
    assertThat(page.locator(".tile .value")).hasText("1");
    Axe.isContentWith(page, "a screen on a wall that was turned away");
    int before = turnedAway;
    page.clock().fastForward(LOOK_MILLIS);
    page.waitForCondition(() -> turnedAway > before);
    assertThat(page.locator("#status")).hasAttribute("data-state", "closed");

    letIn = true;
    page.clock().fastForward(LOOK_MILLIS);
    assertThat(page.locator(".wall")).isHidden();
    feeds("wall", 2);
    assertThat(page.locator(".tile .value")).hasText("2");
    assertThat(page).hasURL(Pattern.compile(".*/dashboard/wall\\?kiosk=?"));
  }

  @Test
  void itLoadsItselfAnewOnceWhenTheServerHasAnotherEdition() throws Exception {
    List<String> loads = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    Page page = hangs("edition");
    page.onLoad(loaded -> loads.add(loaded.url()));
    page.route(
        Pattern.compile(".*/dashboard/edition$"),
        route -> {
          asked.add(route.request().url());
          String body =
              route.fetch().text().replaceAll("/at/[0-9a-f]{16}/", "/at/ffffffffffffffff/");
          route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(body));
        });
    sockets.getLast().close();
    page.waitForCondition(() -> loads.size() == 1 && asked.size() >= 2);
    assertThat(page.locator(".tile .value")).hasText("1");
    assertThat(page.locator(".bar")).isHidden();
    sockets.getLast().close();
    page.waitForCondition(() -> asked.size() >= 3);
    feeds("edition", 2);
    assertThat(page.locator(".tile .value")).hasText("2");
    assertThat(loads).as("another one that stays so is not loaded again and again").hasSize(1);
  }

  @Test
  void aTokenThatHasExpiredIsNoQuestionToAnybody() throws Exception {
    Instant longAgo = Instant.now().minus(Duration.ofDays(9));
    String token =
        new Tokens(Secret.of(SharedServer.SECRET), TokenRules.DEFAULTS, () -> longAgo)
            .mint("ana", "Ana", Grants.everywhere(Role.EDITOR), Duration.ofHours(1));
    profile.addInitScript(
        "localStorage.getItem('tutti.guest') ?? localStorage.setItem('tutti.guest', '"
            + token
            + "')");
    Page page = hangs("expired");
    assertThat(page.locator(".tile .value")).hasText("1");
    assertThat(page.locator("dialog[open]")).hasCount(0);
    assertThat(sockets).as("turned away with it, and let in as a guest").hasSize(2);
  }

  /** A dashboard with one number, which is 1, on a wall. */
  private Page hangs(String dashboard) throws Exception {
    Map<String, ?> number = Map.of("widget", "n", "kind", "number", "title", "N");
    Team.does("Ines", "dashboard:" + dashboard, "widget.add", number);
    feeds(dashboard, 1);
    profile.addInitScript(SCREEN);
    Page page = profile.newPage();
    page.onPageError(troubles::add);
    page.onDialog(dialog -> troubles.add("A dialog: " + dialog.message()));
    page.routeWebSocket(Pattern.compile(".*/v1/ws"), this::connected);
    page.clock().install();
    page.navigate(SharedServer.url() + "/dashboard/" + dashboard + "?kiosk");
    assertThat(page.locator(".tile .value")).isVisible();
    return page;
  }

  private void connected(WebSocketRoute socket) {
    sockets.add(socket);
    WebSocketRoute server = socket.connectToServer();
    if (!letIn) {
      server.onMessage(welcome -> turnAway(socket));
    }
  }

  /** As the server does when a token is none any more. */
  private void turnAway(WebSocketRoute socket) {
    turnedAway++;
    socket.send(
        "{\"type\":\"bye\",\"code\":4401,\"reason\":\"%s\",\"reconnect\":false,\"retryAfterMillis\":0}"
            .formatted(EXPIRED));
    socket.close(new WebSocketRoute.CloseOptions().setCode(4401).setReason(EXPIRED));
  }

  private static void feeds(String dashboard, int value) throws Exception {
    Map<String, ?> reading = Map.of("widget", "n", "value", value);
    Team.does("Meter", "dashboard:" + dashboard, "value.set", reading);
  }
}
