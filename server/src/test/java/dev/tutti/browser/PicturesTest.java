package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
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
    take(opens("empty", wide()), "empty.png");
    Page phone = opens("demo", Stage.phone().setDeviceScaleFactor(2));
    take(phone, "phone.png");
    phone.getByText("Gift vouchers").tap();
    assertThat(phone.locator(".activity li").first()).isVisible();
    take(phone, "phone-ticket.png");
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
  }

  private static Browser.NewContextOptions wide() {
    return new Browser.NewContextOptions().setViewportSize(1280, 800);
  }
}
