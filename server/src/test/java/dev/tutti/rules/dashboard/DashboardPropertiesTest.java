package dev.tutti.rules.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.MergePatch;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.dashboard.DashboardCommand;
import dev.tutti.protocol.dashboard.DashboardLimits;
import dev.tutti.protocol.dashboard.Kind;
import dev.tutti.rules.ChangeRules;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.Reversal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random commands on a small dashboard, where they are always in each other's way. */
class DashboardPropertiesTest {
  private static final int COMMANDS = 150;
  private static final List<String> NAMES =
      DashboardCommand.BINDING.names().stream().sorted().toList();

  private final DashboardRules rules = new DashboardRules();

  @Property(tries = 15)
  void anyInterleavingLeavesNoTwoWidgetsInOnePlaceAndNoReadingWithoutItsWidget(@ForAll long seed) {
    Random random = new Random(seed);
    Document document = Document.empty();
    List<Reversal> past = new ArrayList<>();
    int undone = 0;
    for (int i = 0; i < COMMANDS; i++) {
      Moment now = new Moment(DashboardStory.NOON.plusSeconds(i * 7L), new UUID(seed, i));
      boolean back = !past.isEmpty() && random.nextInt(5) == 0;
      Decision decision;
      try {
        decision =
            back
                ? undo(document, past.get(past.size() - 1 - random.nextInt(past.size())), now)
                : rules.decide(
                    document, rules.parse(name(random), args(random)), DashboardStory.ANA, now);
      } catch (InvalidMessage e) {
        continue;
      }
      switch (decision) {
        case Decision.Accepted(String event, var change) -> {
          ObjectNode patch = change.patchOn(document);
          Document after = document.apply(patch);
          assertThat(after.toJson()).isEqualTo(MergePatch.apply(document.toJson(), patch));
          assertSound(after);
          assertThat(rules.objection(after)).isEmpty();
          Reversal way = reversal(event, i, document, patch);
          assertThat(way.before(after)).isEqualTo(document);
          assertUndoAndRedo(document, way, after, now);
          past.add(way);
          undone += back ? 1 : 0;
          document = after;
        }
        case Decision.Refused(Code code, String sentence, var _) -> {
          assertThat(code).isIn(Code.RULE, Code.NOT_FOUND, Code.STALE);
          assertThat(sentence).endsWith(".");
        }
      }
    }
    assertThat(undone).isPositive();
  }

  /** It was moved to the left, made wider, and then the move was taken back. */
  @Example
  void whatIsWiderSinceComesBackWithinTheGrid() {
    anyInterleavingLeavesNoTwoWidgetsInOnePlaceAndNoReadingWithoutItsWidget(-207);
  }

  private Decision undo(Document document, Reversal back, Moment now) {
    return ChangeRules.undo(document, back, DashboardStory.ANA, Role.EDITOR, now, rules);
  }

  private static Reversal reversal(String name, long seq, Document before, ObjectNode patch) {
    UUID key = new UUID(5, seq);
    return Reversal.of(
        EncodedEvent.of(seq + 1, name, "ana", DashboardStory.NOON, key, patch.toString()),
        before,
        patch);
  }

  /** Taken back at once, the document is the one before; redone, the one behind. */
  private void assertUndoAndRedo(Document before, Reversal way, Document after, Moment now) {
    if (undo(after, way, now) instanceof Decision.Accepted(String name, var change)) {
      ObjectNode back = change.patchOn(after);
      Document undone = after.apply(back);
      assertThat(undone).isEqualTo(before);
      Reversal again = reversal(name, 0, after, back);
      Decision redo = undo(undone, again, now);
      assertThat(undone.apply(((Decision.Accepted) redo).change().patchOn(undone)))
          .isEqualTo(after);
    } else {
      assertThat(way.event().event().name()).isIn(DashboardRules.VALUE, DashboardRules.VALUES);
    }
  }

  private static void assertSound(Document document) {
    assertNoNull(document.toJson());
    List<Box> boxes =
        document.collection(Widget.COLLECTION).values().stream().map(Widget::box).toList();
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      assertThat(box.x() >= 0 && box.x() + box.w() <= DashboardLimits.COLUMNS).isTrue();
      assertThat(box.y() >= 0 && box.bottom() <= DashboardLimits.MAX_GRID_ROWS).isTrue();
      assertThat(boxes.subList(i + 1, boxes.size())).noneMatch(box::overlaps);
    }
    for (String collection : List.of(Readings.COLLECTION, Readings.POINTS)) {
      document
          .collection(collection)
          .forEach((id, told) -> {
            ObjectNode widget = document.entity(Widget.COLLECTION, id).orElseThrow();
            Kind kind = new Widget(id, widget).kind();
            assertThat(told.size()).isBetween(0, kind.maxSeries());
          });
    }
    document
        .collection(Readings.POINTS)
        .forEach((id, series) ->
            series.forEach(ring -> assertThat(ring.size()).isBetween(1, DashboardLimits.POINTS)));
  }

  private static void assertNoNull(JsonNode node) {
    assertThat(node.isNull()).isFalse();
    node.forEach(DashboardPropertiesTest::assertNoNull);
  }

  private static String name(Random random) {
    return random.nextInt(4) == 0
        ? "widget.add"
        : random.nextInt(3) == 0 ? "value.set" : NAMES.get(random.nextInt(NAMES.size()));
  }

  private static ObjectNode args(Random random) {
    ObjectNode args = JsonNodeFactory.instance.objectNode();
    args.put("widget", "w" + random.nextInt(9)).put("title", "Title " + random.nextInt(3));
    args.put("kind", Kind.values()[random.nextInt(Kind.values().length)].wire());
    if (random.nextInt(3) > 0) {
      args.put("x", random.nextInt(12)).put("y", random.nextInt(8));
      args.put("w", 1 + random.nextInt(12)).put("h", 1 + random.nextInt(5));
    }
    switch (random.nextInt(3)) {
      case 0 -> args.put("series", "s" + random.nextInt(15));
      case 1 -> args.put("window", 60 + random.nextInt(500)).put("warn", 3).put("min", 1);
      default -> {}
    }
    args.put("value", random.nextInt(100));
    ObjectNode reading = args.deepCopy();
    args.putArray("values").add(reading);
    return args;
  }
}
