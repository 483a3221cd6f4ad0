package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The developer's view of a board: it tells the truth, and breaks the network when asked to. */
class DevtoolsTest {
  /** Each way, so that what waits can be seen waiting on a busy machine too. */
  private static final int DELAY_MILLIS = 1_000;

  private static final Pattern LATENCY = Pattern.compile("\\d+ (ms|s)");

  private BoardPage opens(String board, Browser.NewContextOptions options) {
    String url = SharedServer.url() + "/board/devtools-" + board;
    BoardPage ana =
        BoardPage.open(Chromium.browser(), "Ana", url, options).withThreeColumns().isSaved();
    ana.page().navigate(url + "?devtools");
    assertThat(view(ana)).isVisible();
    return ana.isSaved();
  }

  private static Locator view(BoardPage page) {
    return page.page().locator(".devtools");
  }

  /** The lines of the timeline that speak of this, newest first. */
  private static Locator lines(BoardPage page, String words) {
    return view(page).locator(".rows li").filter(new Locator.FilterOptions().setHasText(words));
  }

  private static Locator button(BoardPage page, String name) {
    return view(page).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }

  @Test
  void aCommandShowsWithItsLatencyAndOpensToItsMessages() {
    try (BoardPage ana = opens("latency", new Browser.NewContextOptions())) {
      assertThat(lines(ana, "document at 3")).hasCount(1);
      ana.adds("One", "To do");
      Locator line = lines(ana, "ticket.add").first();
      assertThat(line).containsText("confirmed");
      assertThat(line.locator(".millis")).hasText(LATENCY);
      assertThat(line.locator(".seq")).hasText("4");
      assertThat(view(ana).locator("[data-name=Seq]")).hasText("4");
      assertThat(view(ana).locator(".waiting")).containsText("All is confirmed");
      line.locator("summary").focus();
      ana.page().keyboard().press("Enter");
      assertThat(line.locator("pre")).containsText("\"title\": \"One\"");
      Axe.isContentWith(ana.page(), "the developer's view");
      assertThat(ana.page().evaluate(Screens.NAMELESS)).isEqualTo(List.of());
      button(ana, "Clear").click();
      assertThat(view(ana).locator(".rows li")).hasText("Nothing has been said yet.");
      ana.adds("Two", "To do");
      assertThat(lines(ana, "ticket.add")).hasCount(1);
    }
  }

  @Test
  void aCutConnectionComesBackByItself() {
    try (BoardPage ana = opens("cut", new Browser.NewContextOptions())) {
      button(ana, "Cut").click();
      assertThat(lines(ana, "cut by hand")).hasCount(1);
      assertThat(lines(ana, "offline").first()).isVisible();
      assertThat(lines(ana, "resumed at 3").first()).isVisible();
      ana.isSaved().adds("After", "To do").sees("To do", "After").isSaved();
    }
  }

  @Test
  void aDelayIsSeenOnEachCommand() {
    try (BoardPage ana = opens("delay", new Browser.NewContextOptions())) {
      view(ana).getByLabel("Delay").selectOption(Integer.toString(DELAY_MILLIS));
      ana.adds("Late", "To do").sees("To do", "Late");
      assertThat(view(ana).locator(".waiting")).containsText("ticket.add");
      Locator line = lines(ana, "ticket.add").first();
      assertThat(line).containsText("confirmed");
      String took = line.locator(".millis").textContent().replaceAll("\\D", "");
      assertThat(Integer.parseInt(took)).isGreaterThanOrEqualTo(2 * DELAY_MILLIS);
    }
  }

  @Test
  void whatIsDroppedWaitsUntilTheNetworkIsBack() {
    try (BoardPage ana = opens("drop", new Browser.NewContextOptions())) {
      button(ana, "Drop").click();
      ana.adds("Waits", "To do").sees("To do", "Waits");
      assertThat(view(ana).locator(".waiting")).containsText("ticket.add");
      button(ana, "Dropping").click();
      assertThat(lines(ana, "ticket.add").first()).containsText("confirmed");
      ana.isSaved().reloads().sees("To do", "Waits");
    }
  }

  @Test
  void itFitsAPhoneAndLeavesTheBoardAlone() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/screenshots"));
    var phone =
        new Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setHasTouch(true)
            .setIsMobile(true);
    try (BoardPage ana = opens("phone", phone)) {
      ana.adds("One", "To do").isSaved();
      assertThat(lines(ana, "ticket.add").first()).containsText("confirmed");
      assertThat(ana.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
      assertThat(ana.card("One")).isVisible();
      Axe.isContentWith(ana.page(), "the developer's view");
      ana.screenshot(folder.resolve("devtools-phone.png"));
    }
    var wide = new Browser.NewContextOptions().setViewportSize(1280, 800);
    try (BoardPage ana = opens("wide", wide)) {
      ana.adds("One", "To do").adds("Two", "To do").limits("To do", 2).adds("Three", "To do");
      assertThat(lines(ana, "refused: rule").first()).isVisible();
      button(ana, "Drop").click();
      ana.drags("One", "Done");
      assertThat(view(ana).locator(".waiting")).containsText("ticket.move");
      BoundingBox last = button(ana, "Fold").boundingBox();
      assertThat(last.x + last.width).isLessThanOrEqualTo(1280);
      Axe.isContentWith(ana.page(), "the developer's view");
      ana.screenshot(folder.resolve("devtools-light.png"));
    }
  }

  @Test
  void withoutTheWordNothingOfItIsLoaded() {
    String url = SharedServer.url() + "/board/plain";
    try (BoardPage ana = BoardPage.open(Chromium.browser(), "Ana", url)) {
      Page page = ana.page();
      String asked = "performance.getEntriesByType('resource').map(({ name }) => name).join()";
      assertThat(page.evaluate(asked).toString()).contains("/tutti.js").doesNotContain("devtools");
      assertThat(view(ana)).hasCount(0);
    }
  }
}
