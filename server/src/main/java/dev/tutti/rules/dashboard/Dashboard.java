package dev.tutti.rules.dashboard;

import dev.tutti.protocol.Code;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A dashboard while one command is decided on it: what is there, and when. */
record Dashboard(Document document, Moment now) {
  static final String COLLECTION = "dashboard";
  static final String INFO = "info";

  private static final String TITLE = "title";

  /** Beyond it a double holds no longer every whole number. */
  private static final double MAX_WHOLE = 1L << 53;

  static Optional<String> title(Document document) {
    return document.entity(COLLECTION, INFO).map(info -> info.path(TITLE).asString(""));
  }

  static Change titled(String title) {
    ObjectNode info = JsonNodeFactory.instance.objectNode().put(TITLE, title);
    return Change.none().put(COLLECTION, INFO, info);
  }

  Optional<Widget> widget(String id) {
    return document.entity(Widget.COLLECTION, id).map(entity -> new Widget(id, entity));
  }

  /** What a rule says about a widget, if it exists. */
  Decision onWidget(String id, Function<Widget, Decision> rule) {
    return widget(id).map(rule).orElseGet(() -> notFound(id));
  }

  /** Where the widgets are, but for one. */
  Map<String, Box> boxesBut(String widget) {
    Map<String, Box> boxes = new HashMap<>();
    document
        .collection(Widget.COLLECTION)
        .forEach((id, entity) -> boxes.put(id, Widget.box(entity)));
    boxes.remove(widget);
    return boxes;
  }

  /** A number as people write it: 42 rather than 42.0. */
  static JsonNode number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < MAX_WHOLE;
    return whole
        ? JsonNodeFactory.instance.numberNode((long) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  static Decision notFound(String widget) {
    return new Decision.Refused(Code.NOT_FOUND, "There is no widget \"" + widget + "\".");
  }

  static Decision refused(String sentence) {
    return new Decision.Refused(Code.RULE, sentence);
  }

  static Decision accepted(String event, Change change) {
    return new Decision.Accepted(event, change);
  }
}
