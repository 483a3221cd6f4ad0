package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** Other ways to hold, to see and to keep a board: by finger, in swimlanes, on paper, in files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardViewsTest {
  private static final String TRELLO =
      """
      {"name": "From Trello", "lists": [{"id": "a1", "name": "Now", "pos": 1}],
       "cards": [{"id": "c1", "idList": "a1", "name": "Card <b>one</b>", "pos": 2, "due": "2026-12-24T10:00:00Z",
                  "labels": [{"name": "bug", "color": "red"}], "idMembers": ["m1"]},
                 {"id": "c2", "idList": "a1", "name": "Card two", "pos": 1}],
       "members": [{"id": "m1", "fullName": "Ana Lima", "username": "ana"}],
       "checklists": [{"idCard": "c1", "checkItems": [{"id": "k1", "name": "Done item", "state": "complete"}]}]}
      """;

  private Stage stage;
  private String board;

  @BeforeAll
  void start() throws Exception {
    stage = Stage.set("views");
  }

  @AfterAll
  void stop() throws Exception {
    if (stage != null) {
      stage.close();
    }
  }

  @BeforeEach
  void aBoardOfItsOwn(TestInfo test) {
    board = test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    stage.clear();
  }

  @Test
  void aFingerThatRestsCarriesACard() {
    BoardPage ana =
        stage
            .opens("Ana", board)
            .withThreeColumns()
            .adds("One", "To do")
            .adds("Two", "To do")
            .isSaved();
    BoardPage bo = stage.opens("Bo", board, Stage.phone());
    bo.sees("To do", "One", "Two");
    try (Finger finger = Finger.of(bo.page())) {
      finger.down(bo.card("One"));
      assertThat(bo.page().locator(".ghost")).isVisible();
      ana.seesHolding("Bo", "One");
      finger.moveBelow(bo.card("Two"));
      assertThat(bo.page().locator(".column").first().locator(".card").last())
          .hasClass(java.util.regex.Pattern.compile("slot"));
    }
    bo.sees("To do", "Two", "One").isSaved();
    ana.sees("To do", "Two", "One").seesNobodyHolding("One");
  }

  @Test
  void aFingerThatMovesAtOnceScrollsAndCarriesNothing() {
    BoardPage bo =
        stage
            .opens("Bo", board, Stage.phone())
            .withThreeColumns()
            .adds("One", "To do")
            .adds("Two", "To do")
            .isSaved();
    try (Finger finger = Finger.of(bo.page())) {
      finger.swipes(bo.card("One"));
    }
    bo.sees("To do", "One", "Two");
    assertThat(bo.page().locator(".ghost")).hasCount(0);
  }

  @Test
  void swimlanesByLabelTakeACardFromOneToAnother() {
    BoardPage ana =
        stage
            .opens("Ana", board)
            .withThreeColumns()
            .adds("One", "To do")
            .adds("Two", "To do")
            .isSaved();
    for (String[] pair : new String[][] {{"One", "bug"}, {"Two", "idea"}}) {
      ana.card(pair[0]).click();
      ana.types("New label", pair[1]).isSaved();
      ana.page().keyboard().press("Escape");
    }
    ana.page().keyboard().press("g");
    Locator lanes = ana.page().locator(".swimlane");
    assertThat(lanes).hasCount(2);
    ana.presses("One", "Space", "ArrowDown");
    assertThat(lanes.nth(1).locator(".card")).hasCount(2);
    ana.page().keyboard().press("Space");
    assertThat(lanes).hasCount(1);
    assertThat(ana.page().locator(".card .label")).hasText(new String[] {"idea", "idea"});
    ana.isSaved().reloads();
    assertThat(lanes).hasCount(1);
    ana.page().keyboard().press("g");
    ana.page().keyboard().press("g");
    ana.sees("To do", "One", "Two");
  }

  @Test
  void onPaperThereAreCardsAndNothingToPress() {
    BoardPage ana = stage.opens("Ana", board).withThreeColumns().adds("One", "To do").isSaved();
    ana.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(ana.card("One")).isVisible();
    assertThat(
            ana.page()
                .evaluate(
                    "[...document.querySelectorAll('button:not(.title), .add input,"
                        + " #status')].filter((e) => e.checkVisibility()).length"))
        .isEqualTo(0);
  }

  @Test
  void aFileOfTrellosBecomesABoard() {
    BoardPage ana = stage.opens("Ana", board);
    ana.page().navigate(stage.url() + "/");
    ana.page()
        .locator("#file")
        .setInputFiles(
            new FilePayload(
                "board.json", "application/json", TRELLO.getBytes(StandardCharsets.UTF_8)));
    ana.page().waitForURL("**/board/from-trello-*");
    ana.sees("Now", "Card two", "Card <b>one</b>").isSaved();
    assertThat(ana.card("Card <b>one</b>").locator(".due")).hasText("Due Dec 24");
    assertThat(ana.card("Card <b>one</b>").locator(".label")).hasText("bug");
    assertThat(ana.card("Card <b>one</b>")).containsText("1/1");
    assertThat(ana.card("Card <b>one</b>").locator(".avatar"))
        .hasAttribute("aria-label", "Ana Lima");
  }

  @Test
  void aFileOfSomethingElseIsRefusedInWords() {
    BoardPage ana = stage.opens("Ana", board);
    ana.page().navigate(stage.url() + "/");
    for (String content : List.of("{}", "no json", "{\"lists\": 3}")) {
      ana.page()
          .locator("#file")
          .setInputFiles(
              new FilePayload(
                  "x.json", "application/json", content.getBytes(StandardCharsets.UTF_8)));
      assertThat(ana.page().locator("#state")).containsText("x.json was not imported.");
    }
  }

  @Test
  void aBoardIsRenamedFromTheStartPage() {
    BoardPage ana = stage.opens("Ana", board).withThreeColumns().isSaved();
    ana.page().navigate(stage.url() + "/");
    Locator row =
        ana.page()
            .locator("#list li")
            .filter(
                new Locator.FilterOptions()
                    .setHas(ana.page().locator("a[href='/board/" + board + "']")));
    row.locator("button").click();
    ana.page().getByText("Rename…").click();
    ana.page().getByLabel("Title of the board").fill("Renamed");
    ana.page().getByLabel("Title of the board").press("Enter");
    BoardPage bo = stage.opens("Bo", board);
    assertThat(bo.page().getByLabel("Title of the board")).hasValue("Renamed");
  }
}
