package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Takes the README's picture, and one of each state of the pages, on request: -Dpictures=folder.
 */
@EnabledIfSystemProperty(named = "pictures", matches = ".+")
class PicturesTest {
  private final Stage stage = new Stage();
  private Path folder;

  @BeforeEach
  void start() throws Exception {
    folder = Files.createDirectories(Path.of(System.getProperty("pictures")));
  }

  @AfterEach
  void clear() {
    stage.clear();
  }

  @Test
  void twoPeopleOneDragging() throws Exception {
    BoardPage ana = stage.opens("Ana", "demo");
    BoardPage bo = stage.opens("Bo", "demo", Stage.desk().setColorScheme(ColorScheme.DARK));
    String ticket = "Map and how to come by ferry";
    bo.hovers("Reserve a table");
    ana.lifts(ticket, "Doing");
    bo.seesHolding("Ana", ticket);
    assertThat(ana.page().locator(".cursor span")).isVisible();
    Screens.beside(folder.resolve("two-people.png"), ana.screenshot(), bo.screenshot());
  }

  @Test
  void eachStateOfThePages() {
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      Page page = opens("demo", wide().setColorScheme(scheme));
      String suffix = "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png";
      take(page, "board" + suffix);
      page.getByText("Reserve a table").click();
      assertThat(page.locator(".activity li").first()).isVisible();
      take(page, "ticket" + suffix);
      page.keyboard().press("Escape");
      page.keyboard().press("g");
      take(page, "swimlanes" + suffix);
      page.navigate(stage.url() + "/");
      assertThat(page.locator("#list a").first()).isVisible();
      take(page, "start" + suffix);
    }
    Page small = opens("demo", Stage.phone().setDeviceScaleFactor(2));
    small.navigate(stage.url() + "/");
    assertThat(small.locator("#list a").first()).isVisible();
    take(small, "start-phone.png");
    take(opens("empty", wide()), "empty.png");
    Page phone = opens("demo", Stage.phone().setDeviceScaleFactor(2));
    take(phone, "phone.png");
    phone.getByText("Gift vouchers").tap();
    assertThat(phone.locator(".activity li").first()).isVisible();
    take(phone, "phone-ticket.png");
  }

  @Test
  void eachStateOfTheChat() throws Exception {
    Team.isThere();
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      String suffix = "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png";
      Page page = visits("/chat/general", "#lines .line", wide().setColorScheme(scheme));
      page.locator("#lines .line", with("Which one is")).locator(".quote").click();
      assertThat(page.locator("#thread .line")).hasCount(3);
      page.locator("#lines .line", with("prices on the second page are")).hover();
      take(page, "chat" + suffix);
      page.getByLabel("Close the thread").click();
      page.getByLabel("Room menu").click();
      take(page, "chat-menu" + suffix);
    }
    take(visits("/chat/website", "#talk.ready", wide()), "chat-empty.png");
    Page phone = visits("/chat/general", "#lines .line", Stage.phone().setDeviceScaleFactor(2));
    take(phone, "chat-phone.png");
    phone.locator("#to-rooms").tap();
    take(phone, "chat-phone-rooms.png");
    Page view = visits("/chat/general?devtools", ".devtools .rows li", wide());
    take(view, "chat-devtools.png");
  }

  @Test
  void eachStateOfTheDashboard() throws Exception {
    Team.isThere();
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      String suffix = "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png";
      Page page = visits("/dashboard/tonight", ".uplot canvas", wide().setColorScheme(scheme));
      take(page, "dashboard" + suffix);
      page.locator(".tile[data-widget=oven]").press("e");
      assertThat(page.getByLabel("Scale from")).isVisible();
      take(page, "dashboard-sheet" + suffix);
      page.navigate(stage.url() + "/dashboard/tonight?kiosk");
      assertThat(page.locator(".uplot canvas").first()).isVisible();
      take(page, "dashboard-kiosk" + suffix);
    }
    Page view = visits("/dashboard/tonight?devtools", ".devtools .rows li", wide());
    Team.does("Meter", "dashboard:tonight", "value.set", Map.of("widget", "cold", "value", 3.5));
    assertThat(view.locator(".devtools .rows li").getByText("value.set")).isVisible();
    take(view, "dashboard-devtools.png");
    take(visits("/dashboard/empty", "#message:not([hidden])", wide()), "dashboard-empty.png");
    take(visits("/dashboard", ".dashboards a", wide()), "dashboard-list.png");
    take(visits("/dashboard/server", ".legend b", wide()), "dashboard-server.png");
    Page phone =
        visits("/dashboard/tonight", ".uplot canvas", Stage.phone().setDeviceScaleFactor(2));
    take(phone, "dashboard-phone.png");
    phone.navigate(stage.url() + "/dashboard/tonight?kiosk");
    assertThat(phone.locator(".uplot canvas").first()).isVisible();
    take(phone, "dashboard-kiosk-phone.png");
  }

  /** Ines of the team opens a page that is more than a board. */
  private Page visits(String path, String content, Browser.NewContextOptions options) {
    Page page = stage.signsIn("Ines", path, options);
    assertThat(page.locator(content).first()).isVisible();
    return page;
  }

  private static Page.LocatorOptions with(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private Page opens(String board, Browser.NewContextOptions options) {
    Page page = stage.opens("Ana", board, options).page();
    assertThat(page.locator(".card, #message:not([hidden])").first()).isVisible();
    return page;
  }

  private void take(Page page, String name) {
    page.waitForFunction(
        "() => document.getAnimations().every(({playState}) => playState === 'finished')");
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name)));
    Axe.isContentWith(page, name);
  }

  private static Browser.NewContextOptions wide() {
    return new Browser.NewContextOptions().setViewportSize(1280, 800);
  }
}
