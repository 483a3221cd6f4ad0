package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What axe-core finds in each state of the pages: nothing serious. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardAccessTest {
  /** The findings that keep somebody out, each in one line. */
  private static final String SERIOUS =
      """
      async () => (await axe.run(document, {resultTypes: ['violations']})).violations
        .filter(({impact}) => impact === 'serious' || impact === 'critical')
        .flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))
      """;

  private static final String AXE = script();

  private Stage stage;

  @BeforeAll
  void start() throws Exception {
    stage = Stage.set("access");
  }

  @AfterAll
  void stop() throws Exception {
    if (stage != null) {
      stage.close();
    }
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    stage.clear();
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void theBoardInEachOfItsStates(ColorScheme scheme) {
    BoardPage ana = stage.opens("Ana", "demo", Stage.desk().setColorScheme(scheme));
    Page page = ana.page();
    assertThat(page.locator(".card").first()).isVisible();
    isOpenToEveryone(page, "the board");
    page.keyboard().press("?");
    isOpenToEveryone(page, "the keyboard map");
    page.keyboard().press("Escape");
    ana.card("Reserve a table").click();
    assertThat(page.locator(".activity li").first()).isVisible();
    page.getByLabel("Write a comment").pressSequentially("@");
    isOpenToEveryone(page, "a ticket, while someone is mentioned");
    page.getByLabel("Write a comment").fill("");
    page.getByLabel("Close", new Page.GetByLabelOptions().setExact(true))
        .locator("visible=true")
        .click();
    page.locator("#archive").click();
    isOpenToEveryone(page, "the archive");
    page.keyboard().press("Escape");
    page.locator("#more").click();
    isOpenToEveryone(page, "the menu");
    page.locator("[role=menuitemradio]").nth(1).click();
    assertThat(page.locator(".swimlane").first()).isVisible();
    isOpenToEveryone(page, "swimlanes");
  }

  @Test
  void anEmptyBoardOnAPhone() {
    BoardPage ana = stage.opens("Ana", "empty", Stage.phone());
    assertThat(ana.page().getByText("Add three columns")).isVisible();
    isOpenToEveryone(ana.page(), "an empty board");
    ana.withThreeColumns().adds("One", "To do").isSaved();
    ana.card("One").tap();
    assertThat(ana.page().locator(".activity li").first()).isVisible();
    isOpenToEveryone(ana.page(), "a ticket on a phone");
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void theStartPage(ColorScheme scheme) {
    BoardPage ana = stage.opens("Ana", "demo", Stage.desk().setColorScheme(scheme));
    ana.page().navigate(stage.url() + "/");
    assertThat(ana.page().locator("#list a").first()).isVisible();
    isOpenToEveryone(ana.page(), "the start page");
  }

  private static void isOpenToEveryone(Page page, String state) {
    page.waitForFunction(
        "() => document.getAnimations().every(({playState}) => playState === 'finished')");
    page.evaluate(AXE);
    assertThat((List<?>) page.evaluate(SERIOUS)).as(state).isEqualTo(List.of());
  }

  private static String script() {
    try (InputStream in = BoardAccessTest.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\nundefined";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
