package dev.tutti.rules.dashboard;

import static dev.tutti.rules.Parts.collections;
import static dev.tutti.rules.Parts.fields;
import static dev.tutti.rules.Parts.line;
import static dev.tutti.rules.Parts.most;
import static dev.tutti.rules.Parts.object;

import dev.tutti.protocol.Args;
import dev.tutti.protocol.dashboard.DashboardCommand;
import dev.tutti.protocol.dashboard.DashboardLimits;
import dev.tutti.protocol.dashboard.Reading;
import dev.tutti.rules.Document;
import dev.tutti.rules.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a dashboard's document looks like: each field, its type and its limits. A widget is what
 * somebody could have added, and a reading what somebody could have sent. For what is imported.
 */
final class Shape {
  private static final String SLOT = "0|[1-9]\\d{0,2}";

  private final Document document;

  private Shape(Document document) {
    this.document = document;
  }

  static Optional<String> objection(Document document) {
    return Parts.objection(new Shape(document)::check);
  }

  private void check() {
    collections(
        document, Dashboard.COLLECTION, Widget.COLLECTION, Readings.COLLECTION, Readings.POINTS);
    fields(object(document.toJson(), Dashboard.COLLECTION), Set.of(), Set.of(Dashboard.INFO));
    document
        .entity(Dashboard.COLLECTION, Dashboard.INFO)
        .ifPresent(info -> {
          fields(info, Set.of("title"), Set.of());
          line(info, "title", DashboardLimits.MAX_TITLE_CHARS);
        });
    widgets();
    document.collection(Readings.COLLECTION).forEach(this::readings);
    document.collection(Readings.POINTS).forEach(this::points);
  }

  private void widgets() {
    Map<String, ObjectNode> widgets = document.collection(Widget.COLLECTION);
    most(widgets.size(), DashboardLimits.MAX_WIDGETS, "widgets");
    List<Box> boxes = new ArrayList<>();
    widgets.forEach((id, widget) -> {
      fields(
          widget,
          Set.of("kind", "title", "x", "y", "w", "h", "window", "stale"),
          Set.of("unit", "decimals", "text", "min", "max", "warn", "bad"));
      DashboardCommand.BINDING.parse("widget.add", widget.deepCopy().put("widget", id));
      Box box = Widget.box(widget);
      boolean fits =
          box.equals(box.within())
              && box.bottom() <= DashboardLimits.MAX_GRID_ROWS
              && boxes.stream().noneMatch(box::overlaps);
      if (!fits) {
        throw Args.invalid("x", "The widget \"" + id + "\" is over another or over the edge.");
      }
      boxes.add(box);
    });
  }

  private Widget widget(String id) {
    return document
        .entity(Widget.COLLECTION, id)
        .map(entity -> new Widget(id, entity))
        .orElseThrow(() -> Args.invalid("widget", "A reading is of a widget that is not there."));
  }

  private void readings(String id, ObjectNode latest) {
    Widget widget = widget(id);
    most(latest.size(), widget.kind().maxSeries(), "series of a " + widget.kind().wire());
    for (String series : latest.propertyNames()) {
      if (widget.kind().maxSeries() == 1 && !series.equals(Reading.UNNAMED)) {
        throw Args.invalid("series", "A " + widget.kind().wire() + " has no named series.");
      }
      ObjectNode reading = object(latest, series);
      fields(reading, Set.of("at"), Set.of("value", "text", "state"));
      DashboardCommand.BINDING.parse(
          DashboardRules.VALUE, reading.deepCopy().put("widget", id).put("series", series));
    }
  }

  private void points(String id, ObjectNode points) {
    Widget widget = widget(id);
    if (!widget.kind().keepsPoints()) {
      throw Args.invalid("points", "A " + widget.kind().wire() + " keeps no points.");
    }
    Readings known = Readings.of(document, id);
    for (String series : points.propertyNames()) {
      ObjectNode ring = object(points, series);
      if (!known.has(series)) {
        throw Args.invalid("points", "There are points of a series without a reading.");
      }
      ring.properties().forEach(slot -> point(slot.getKey(), slot.getValue()));
    }
  }

  private static void point(String slot, JsonNode point) {
    boolean sound =
        slot.matches(SLOT)
            && Integer.parseInt(slot) < DashboardLimits.POINTS
            && point.isArray()
            && point.size() == 2
            && point.path(0).isIntegralNumber()
            && point.path(1).isNumber();
    if (!sound) {
      throw Args.invalid("points", "A point is [milliseconds since 1970, number].");
    }
  }
}
