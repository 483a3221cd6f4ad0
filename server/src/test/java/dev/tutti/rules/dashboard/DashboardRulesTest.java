package dev.tutti.rules.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.dashboard.DashboardLimits;
import dev.tutti.rules.Conflation;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DashboardRulesTest {
  private final DashboardStory story = new DashboardStory();

  @Test
  void aNewWidgetTakesTheFirstFreePlace() {
    story.adds("a", "number", 0, 0, 3, 2).adds("b", "number", 6, 0, 6, 2);
    story.does("widget.add", "{'widget':'c','kind':'number','title':'C'}");
    story.does("widget.add", "{'widget':'d','kind':'line','title':'D'}");
    assertThat(story.box("c")).isEqualTo(new Box(3, 0, 3, 2));
    assertThat(story.box("d")).isEqualTo(new Box(0, 2, 6, 4));
  }

  @Test
  void whatIsInTheWayMakesRoomBelowAndNothingElseMoves() {
    story.adds("a", "number", 0, 0, 3, 2).adds("b", "number", 0, 2, 3, 2);
    story.adds("c", "number", 6, 0, 3, 2).adds("d", "number", 0, 9, 3, 2);
    story.does("widget.move", "{'widget':'c','x':1,'y':1}");
    assertThat(story.box("c")).isEqualTo(new Box(1, 1, 3, 2));
    assertThat(story.box("a")).isEqualTo(new Box(0, 3, 3, 2));
    assertThat(story.box("b")).isEqualTo(new Box(0, 5, 3, 2));
    assertThat(story.box("d")).isEqualTo(new Box(0, 9, 3, 2));
  }

  @Test
  void aWidgetStaysWithinTheGrid() {
    story.adds("a", "number", 11, 0, 4, 2);
    assertThat(story.box("a")).isEqualTo(new Box(8, 0, 4, 2));
    story.does("widget.resize", "{'widget':'a','w':12,'h':3}");
    assertThat(story.box("a")).isEqualTo(new Box(8, 0, 4, 3));
    story.isRefused(
        Code.RULE,
        "The grid has only 500 rows, and this needs more.",
        "widget.move",
        "{'widget':'a','x':0,'y':499}");
  }

  @Test
  void anEditChangesWhatItNamesAndAnEmptyTextTakesAway() {
    story.does("widget.add", "{'widget':'a','kind':'number','title':'A','unit':'ms','warn':5}");
    story.does("widget.edit", "{'widget':'a','title':'B','stale':30}");
    assertThat(story.at("widgets", "a", "unit").stringValue()).isEqualTo("ms");
    assertThat(story.at("widgets", "a", "stale").intValue()).isEqualTo(30);
    story
        .does("widget.edit", "{'widget':'a','unit':''}")
        .does("widget.threshold", "{'widget':'a'}");
    assertThat(story.at("widgets", "a").propertyNames())
        .containsExactlyInAnyOrder("kind", "title", "window", "stale", "x", "y", "w", "h");
  }

  @Test
  void aReadingIsTheLatestAndItsPatchIsSmall() {
    story.adds("cpu", "number", 0, 0, 3, 2).does("value.set", "{'widget':'cpu','value':0.5}");
    story.seconds(1).does("value.set", "{'widget':'cpu','value':0.75,'state':'warn'}");
    JsonNode now = story.at("readings", "cpu", "value");
    assertThat(now.path("value").doubleValue()).isEqualTo(0.75);
    assertThat(now.path("at").stringValue()).isEqualTo("2026-11-22T12:00:01Z");
    assertThat(story.patch().toString().length()).isLessThan(160);
    story.does("value.set", "{'widget':'cpu','value':0.75}");
    assertThat(story.at("readings", "cpu", "value").has("state")).isFalse();
  }

  @Test
  void aSeriesKeepsAsManyPointsAsItsWindowHasSteps() {
    story.does("widget.add", "{'widget':'l','kind':'line','title':'L','window':180}");
    for (int i = 0; i < 500; i++) {
      story.seconds(1).does("value.set", "{'widget':'l','series':'web','value':%d}".formatted(i));
    }
    JsonNode points = story.at("points", "l", "web");
    assertThat(points.size()).isEqualTo(DashboardLimits.POINTS);
    assertThat(points.valueStream().mapToDouble(p -> p.get(1).doubleValue()).sorted().toArray())
        .startsWith(320, 321)
        .endsWith(499);
  }

  @Test
  void theLastReadingOfAStepIsItsPoint() {
    story.adds("n", "number", 0, 0, 3, 2); // an hour in 180 steps of 20 s
    story.does("value.set", "{'widget':'n','value':1}").seconds(19);
    story.does("value.set", "{'widget':'n','value':2}").seconds(1);
    story.does("value.set", "{'widget':'n','value':3}");
    assertThat(story.at("points", "n", "value").valueStream().map(p -> p.get(1).intValue()))
        .containsExactlyInAnyOrder(2, 3);
  }

  @Test
  void aReadingThatIsOlderThanWhatIsThereChangesNothing() {
    story.adds("n", "number", 0, 0, 3, 2).seconds(60);
    story.does("value.set", "{'widget':'n','value':2,'at':'2026-11-22T12:00:50Z'}");
    story.does("value.set", "{'widget':'n','value':1,'at':'2026-11-22T12:00:49Z'}");
    assertThat(story.patch()).isEmpty();
    story.does("value.set", "{'widget':'n','value':3,'at':'2030-01-01T00:00:00Z'}");
    assertThat(story.at("readings", "n", "value", "at").stringValue())
        .isEqualTo("2026-11-22T12:01:00Z");
  }

  @Test
  void ofReadingsThatWaitTheLatestIsTheOneOfTheLatestTime() {
    long undated = order("{'values':[{'widget':'a','value':1}]}").orElseThrow();
    long dated = order(timed("2026-11-22T12:00:01Z")).orElseThrow();
    assertThat(undated)
        .isGreaterThanOrEqualTo(order(timed("+999999999-12-31T23:59:59Z")).orElseThrow());
    assertThat(dated).isGreaterThan(order(timed("2026-11-22T12:00:00.999Z")).orElseThrow());
    assertThat(dated).isGreaterThan(order(timed("-999999999-01-01T00:00:00Z")).orElseThrow());
    assertThat(order(timed("2026-11-22T12:00:01Z", "2026-11-22T12:00:01Z"))).hasValue(dated);
    assertThat(order(timed("2026-11-22T12:00:01Z", "2026-11-22T12:00:02Z"))).isEmpty();
  }

  private static String timed(String... times) {
    return Stream.of(times)
        .map("{'widget':'a','value':1,'at':'%s'}"::formatted)
        .collect(Collectors.joining(",", "{'values':[", "]}"));
  }

  private static Optional<Long> order(String values) {
    var rules = new DashboardRules();
    ObjectNode args = (ObjectNode) JsonMapper.shared().readTree(values.replace('\'', '"'));
    return rules.conflation(rules.parse("values.set", args)).map(Conflation::order);
  }

  @Test
  void wordsHaveNoPointsAndATextTakesNoReadings() {
    story.adds("s", "status", 0, 0, 3, 2).adds("t", "text", 3, 0, 3, 2);
    story.does("value.set", "{'widget':'s','text':'deployed','state':'good'}");
    assertThat(story.at("points").isMissingNode()).isTrue();
    story.isRefused(
        Code.RULE,
        "\"t\" is a text, which takes no readings.",
        "value.set",
        "{'widget':'t','value':1}");
  }

  @Test
  void aBatchIsTakenAsAWholeOrNotAtAll() {
    story.adds("t", "table", 0, 0, 4, 4).adds("n", "number", 4, 0, 3, 2);
    story.does(
        "values.set",
        "{'values':[{'widget':'t','series':'a','value':1},{'widget':'t','series':'b','value':2},"
            + "{'widget':'n','value':3}]}");
    assertThat(story.at("readings", "t").propertyNames()).containsExactly("a", "b");
    assertThat(story.at("readings", "n", "value", "value").intValue()).isEqualTo(3);
    story.isRefused(
        Code.NOT_FOUND,
        "There is no widget \"gone\".",
        "values.set",
        "{'values':[{'widget':'n','value':9},{'widget':'gone','value':9}]}");
  }

  @Test
  void aChartHasOnlySoManySeriesUntilOneIsRemoved() {
    story.adds("l", "line", 0, 0, 6, 4).adds("n", "number", 6, 0, 3, 2);
    for (int i = 0; i < DashboardLimits.MAX_LINES; i++) {
      story.does("value.set", "{'widget':'l','series':'s%d','value':1}".formatted(i));
    }
    String one = "{'widget':'l','series':'more','value':1}";
    story.isRefused(
        Code.RULE, "\"l\" shows at most 12 series. Remove one of them first.", "value.set", one);
    story.does("series.remove", "{'widget':'l','series':'s3'}").does("value.set", one);
    assertThat(story.at("points", "l").propertyNames()).contains("more").doesNotContain("s3");
    story.isRefused(
        Code.RULE,
        "\"n\" shows one reading, which needs no series.",
        "value.set",
        "{'widget':'n','series':'x','value':1}");
  }

  @Test
  void aWidgetThatComesBackHasItsReadingsAndAPlaceBelowWhatIsThereNow() {
    story.adds("a", "number", 0, 0, 3, 2).does("value.set", "{'widget':'a','value':1}");
    story.does("widget.remove", "{'widget':'a'}");
    assertThat(story.document().toJson().path("readings").size()).isZero();
    story.adds("b", "number", 1, 1, 3, 2).undoes(2);
    assertThat(story.box("a")).isEqualTo(new Box(0, 3, 3, 2));
    assertThat(story.at("readings", "a", "value", "value").intValue()).isEqualTo(1);
    assertThat(story.at("points", "a", "value").size()).isEqualTo(1);
  }

  @Test
  void aNewWidgetIsTakenBackWithWhatItWasTold() {
    story.adds("a", "number", 0, 0, 3, 2).does("value.set", "{'widget':'a','value':1}").undoes(2);
    assertThat(story.at("widgets").size() + story.at("readings").size() + story.at("points").size())
        .isZero();
  }

  @Test
  void aReadingIsNotTakenBack() {
    story.adds("a", "number", 0, 0, 3, 2).does("value.set", "{'widget':'a','value':1}");
    DashboardStory.isRefused(Code.RULE, "A reading cannot be taken back.", story.undo(1));
  }

  @Test
  void aSeriesDoesNotComeBackToAWidgetThatIsGone() {
    story.adds("t", "table", 0, 0, 3, 2).does("value.set", "{'widget':'t','series':'a','value':1}");
    story.does("series.remove", "{'widget':'t','series':'a'}");
    story.does("widget.remove", "{'widget':'t'}");
    DashboardStory.isRefused(
        Code.RULE,
        "The widget of this series is gone, or shows as many as it can by now.",
        story.undo(2));
  }
}
