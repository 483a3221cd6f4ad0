package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Other ways to hold, to see and to keep a board: by finger, in swimlanes, on paper, in files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardViewsTest {
  private static final String TRELLO =
      """
      {"name": "From Trello", "lists": [{"id": "a1", "name": "Now", "pos": 1}],
       "cards": [{"id": "c1", "idList": "a1", "name": "Card <b>one</b>", "pos": 2, "due": "%sT10:00:00Z",
                  "labels": [{"name": "bug", "color": "red"}], "idMembers": ["m1"]},
                 {"id": "c2", "idList": "a1", "name": "Card two", "pos": 1}],
       "members": [{"id": "m1", "fullName": "Ana Lima", "username": "ana"}],
       "checklists": [{"idCard": "c1", "checkItems": [{"id": "k1", "name": "Done item", "state": "complete"}]}],
       "actions": [{"id": "o1", "type": "commentCard", "date": "2026-11-01T10:00:00Z", "memberCreator": {"fullName": "Bo Berg", "username": "bo"},
                    "data": {"text": "Said there", "card": {"id": "c1"}}}]}
      """;

  private static final String EXPORT =
      """
      async (name) => (await fetch(`/v1/rooms/board:${name}/export`,
        { headers: { authorization: `Bearer ${localStorage.getItem('tutti.guest')}` } })).text()
      """;

  /** The second column is in the middle of a phone. */
  private static final String SNAPPED =
      """
      () => {
        const {left, right} = document.querySelectorAll('.column')[1].getBoundingClientRect();
        return Math.abs(left + right - innerWidth) < 2;
      }
      """;

  private static final JsonMapper JSON = new JsonMapper();

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
    try (Finger finger = Finger.of(bo.isStill().page())) {
      finger.down(bo.card("One"));
      assertThat(bo.page().locator(".ghost")).isVisible();
      ana.seesHolding("Bo", "One");
      finger.moveBelow(bo.card("Two"));
      assertThat(bo.page().locator(".column").first().locator(".card").last())
          .hasClass(Pattern.compile("slot"));
    }
    bo.sees("To do", "Two", "One").isSaved();
    ana.sees("To do", "Two", "One").seesNobodyHolding("One");
  }

  @Test
  void aFingerAtTheEdgeCarriesACardIntoTheNextColumn() {
    BoardPage bo = stage.opens("Bo", board, Stage.phone()).withThreeColumns();
    bo.adds("One", "To do").isSaved();
    try (Finger finger = Finger.of(bo.isStill().page())) {
      finger.down(bo.card("One"));
      assertThat(bo.page().locator(".ghost")).isVisible();
      finger.moveTo(384);
      bo.waitsFor(
          "() => document.querySelectorAll('.column')[1].querySelector('.card.slot')", null);
    }
    bo.sees("To do").sees("Doing", "One").isSaved();
    bo.waitsFor(SNAPPED, null);
    try (Finger finger = Finger.of(bo.isStill().page())) {
      finger.down(bo.card("One"));
      assertThat(bo.page().locator(".ghost")).isVisible();
      finger.moveTo(6);
      bo.waitsFor(
          "() => document.querySelectorAll('.column')[0].querySelector('.card.slot')", null);
      finger.cancels();
    }
    assertThat(bo.page().locator(".ghost, .glass")).hasCount(0);
    bo.sees("To do").sees("Doing", "One");
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
  void aBoardThatWasExportedComesBackWithItsWholePast() throws Exception {
    BoardPage ana = stage.opens("Ana", board).withThreeColumns().adds("One", "To do").isSaved();
    ana.drags("One", "Doing").isSaved();
    ana.card("One").click();
    ana.types("Write a comment", "Ä <b>word</b>").isSaved();
    ana.page().keyboard().press("Escape");
    ana.page().locator("#more").click();
    Download file =
        ana.page().waitForDownload(() -> ana.page().getByText("Export as a file").click());
    JsonNode old = JSON.readTree(Files.readString(file.path()));

    ana.page().navigate(stage.url() + "/");
    ana.page().locator("#file").setInputFiles(file.path());
    ana.page().waitForURL(Pattern.compile(".*/board/aboardthatwas.*-[0-9a-z]+"));
    ana.sees("Doing", "One").isSaved();
    String name = ana.page().url().replaceFirst(".*/", "");
    JsonNode back = JSON.readTree((String) ana.page().evaluate(EXPORT, name));
    ObjectNode document = (ObjectNode) back.get("document");
    document.remove(List.of("imported", "access"));
    assertThat(document).isEqualTo(old.get("document"));
    assertThat(back.get("events")).hasSize(old.get("events").size() + 1);
    for (JsonNode event : old.get("events")) {
      ((ObjectNode) event).put("by", "imported:" + event.get("by").stringValue());
      assertThat(back.get("events").get(event.get("seq").intValue() - 1)).isEqualTo(event);
    }
  }

  @Test
  void aFileOfTrellosBecomesABoardOfWhoeverHasNeverBeenHere() {
    LocalDate due = LocalDate.now(ZoneId.systemDefault()).plusDays(40);
    Page ana = stage.arrives("/", Stage.desk(), page -> {});
    ana.locator("#file")
        .setInputFiles(
            new FilePayload(
                "board.json",
                "application/json",
                TRELLO.formatted(due).getBytes(StandardCharsets.UTF_8)));
    assertThat(ana.locator("#state"))
        .containsText("Left out: 1 hour of a due date, of which the day is kept.");
    ana.getByText("Open the board").click();
    ana.waitForURL("**/board/from-trello-*");
    assertThat(ana.locator(".card .title")).hasText(new String[] {"Card two", "Card <b>one</b>"});
    Locator card = ana.locator(".card").nth(1);
    assertThat(card.locator(".due"))
        .hasText("Due " + due.format(DateTimeFormatter.ofPattern("MMM d", Locale.US)));
    assertThat(card.locator(".label")).hasText("bug");
    assertThat(card).containsText("1/1");
    assertThat(card.locator(".avatar")).hasAttribute("aria-label", "Ana Lima");
    card.click();
    assertThat(ana.locator(".comments .who b")).hasText("Bo Berg");
    assertThat(ana.locator(".activity b")).hasText(new String[] {"Someone (imported)", "Bo Berg"});
    // Only an owner may take away what others said.
    assertThat(ana.locator(".comments .link")).hasText(new String[] {"Delete"});
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
  void aBoardIsRenamedFromTheStartPageByWhoeverHasNeverBeenHere() {
    stage.opens("Ana", board).withThreeColumns().isSaved();
    Page bo = stage.arrives("/", Stage.desk(), page -> {});
    Locator row =
        bo.locator("#list li")
            .filter(
                new Locator.FilterOptions().setHas(bo.locator("a[href='/board/" + board + "']")));
    row.locator("button").click();
    bo.getByText("Rename…").click();
    bo.getByLabel("Title of the board").fill("Renamed");
    bo.getByLabel("Title of the board").press("Enter");
    assertThat(row.locator("b")).hasText("Renamed");
    BoardPage cem = stage.opens("Cem", board);
    assertThat(cem.page().getByLabel("Title of the board")).hasValue("Renamed");
  }

  @Test
  void aListThatGoesOnSaysSo() {
    AtomicInteger asked = new AtomicInteger();
    Page ana =
        stage.arrives(
            "/",
            Stage.desk(),
            page ->
                page.route(
                    Pattern.compile("/v1/rooms\\?"),
                    route -> {
                      int n = asked.incrementAndGet();
                      String next = n < 6 ? ",\"next\":\"board:" + n + "\"" : "";
                      route.fulfill(
                          new Route.FulfillOptions()
                              .setContentType("application/json")
                              .setBody("{\"rooms\":[{\"room\":\"board:" + n + "\"}]" + next + "}"));
                    }));
    assertThat(ana.locator("#list li")).hasCount(5);
    assertThat(ana.locator("#state")).containsText("There are more boards than these 5.");
    ana.getByText("Show more").click();
    assertThat(ana.locator("#list li")).hasCount(6);
    assertThat(ana.locator("#state")).isHidden();
  }

  @Test
  void aFilterThatLetsNothingThroughSaysSo() {
    BoardPage ana = stage.opens("Ana", board).withThreeColumns().adds("One", "To do").isSaved();
    ana.page().keyboard().press("/");
    ana.page().locator("#filter").fill("something else");
    assertThat(ana.page().locator("#message h2")).hasText("Nothing matches");
    ana.page().getByText("Show all tickets").click();
    ana.sees("To do", "One");
    assertThat(ana.page().locator("#filter")).hasValue("");
  }
}
