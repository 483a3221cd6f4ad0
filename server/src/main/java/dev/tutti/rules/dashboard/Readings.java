package dev.tutti.rules.dashboard;

import dev.tutti.protocol.dashboard.DashboardLimits;
import dev.tutti.protocol.dashboard.Reading;
import dev.tutti.rules.Document;
import dev.tutti.rules.Fields;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one widget has been told: the latest reading of each series, {@code {value | text, state?,
 * at}}, and of numbers recent points. The points of a series are a ring: the time is divided into
 * steps, each of which has a slot, and the last reading in a step has it. So there are never more
 * than {@link DashboardLimits#POINTS}, and a reading is one small patch. Immutable.
 *
 * @param latest series to reading
 * @param points series to slot to {@code [milliseconds since 1970, number]}
 */
record Readings(ObjectNode latest, ObjectNode points) {
  static final String COLLECTION = "readings";
  static final String POINTS = "points";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static Readings of(Document document, String widget) {
    return new Readings(
        document.entity(COLLECTION, widget).orElseGet(NODES::objectNode),
        document.entity(POINTS, widget).orElseGet(NODES::objectNode));
  }

  boolean has(String series) {
    return latest.has(series);
  }

  /** Whether what is known of a series is of a later time. */
  boolean isNewer(String series, Instant at) {
    String known = latest.path(series).path("at").asString("");
    return !known.isEmpty() && Instant.parse(known).isAfter(at.truncatedTo(ChronoUnit.MILLIS));
  }

  int series() {
    return latest.size();
  }

  Readings with(Reading reading, Widget widget, Instant at) {
    ObjectNode entry = NODES.objectNode();
    Double number = reading.value();
    if (number != null) {
      entry.set("value", Dashboard.number(number));
    } else {
      entry.put("text", reading.text());
    }
    if (reading.state() != null) {
      entry.put("state", reading.state());
    }
    entry.put("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
    return new Readings(
        Fields.with(latest, reading.of(), entry),
        number != null && widget.kind().keepsPoints()
            ? plotted(reading.of(), number, widget, at.toEpochMilli())
            : points);
  }

  private ObjectNode plotted(String series, double number, Widget widget, long millis) {
    long slot = millis / widget.stepMillis() % DashboardLimits.POINTS;
    ArrayNode point = NODES.arrayNode().add(millis).add(Dashboard.number(number));
    return Fields.withMember(points, series, Long.toString(slot), point);
  }

  Readings without(String series) {
    return new Readings(Fields.without(latest, series), Fields.without(points, series));
  }
}
