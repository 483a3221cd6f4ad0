package dev.tutti.rules.dashboard;

import static dev.tutti.rules.dashboard.Dashboard.accepted;
import static dev.tutti.rules.dashboard.Dashboard.refused;

import dev.tutti.protocol.dashboard.Reading;
import dev.tutti.protocol.dashboard.ReadingCommand;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happens to readings. One that was sent again may be decided after a later one, so what is
 * older than what is there changes nothing.
 */
final class ReadingRules {
  private ReadingRules() {}

  static Decision decide(Dashboard dashboard, ReadingCommand command) {
    return switch (command) {
      case ReadingCommand.Set set -> set(dashboard, DashboardRules.VALUE, List.of(set.reading()));
      case ReadingCommand.SetAll all -> set(dashboard, DashboardRules.VALUES, all.values());
      case ReadingCommand.Remove(String id, String series) ->
          dashboard.onWidget(id, widget -> remove(dashboard, widget, series));
    };
  }

  private static Decision set(Dashboard dashboard, String event, List<Reading> readings) {
    Map<String, Readings> told = new LinkedHashMap<>();
    for (Reading reading : readings) {
      Optional<Widget> there = dashboard.widget(reading.widget());
      if (there.isEmpty()) {
        return Dashboard.notFound(reading.widget());
      }
      Widget widget = there.get();
      Readings before =
          told.computeIfAbsent(widget.id(), id -> Readings.of(dashboard.document(), id));
      Optional<Decision> objection = objection(widget, before, reading);
      if (objection.isPresent()) {
        return objection.get();
      }
      Instant at = reading.time(dashboard.now().at());
      if (!before.isNewer(reading.of(), at)) {
        told.put(widget.id(), before.with(reading, widget, at));
      }
    }
    Change change = Change.none();
    told.forEach((id, now) -> {
      change.put(Readings.COLLECTION, id, now.latest());
      if (!now.points().isEmpty()) {
        change.put(Readings.POINTS, id, now.points());
      }
    });
    return accepted(event, change);
  }

  private static Optional<Decision> objection(Widget widget, Readings before, Reading reading) {
    String title = "\"" + widget.title() + "\"";
    if (!widget.kind().takesReadings()) {
      return Optional.of(refused(title + " is a text, which takes no readings."));
    }
    int most = widget.kind().maxSeries();
    if (most == 1 && !reading.of().equals(Reading.UNNAMED)) {
      return Optional.of(refused(title + " shows one reading, which needs no series."));
    }
    if (!before.has(reading.of()) && before.series() >= most) {
      return Optional.of(
          refused(title + " shows at most " + most + " series. Remove one of them first."));
    }
    return Optional.empty();
  }

  private static Decision remove(Dashboard dashboard, Widget widget, String series) {
    Readings before = Readings.of(dashboard.document(), widget.id());
    if (!before.has(series)) {
      return accepted("series.removed", Change.none());
    }
    Readings now = before.without(series);
    Change change = Change.none();
    if (now.latest().isEmpty()) {
      change.remove(Readings.COLLECTION, widget.id());
    } else {
      change.put(Readings.COLLECTION, widget.id(), now.latest());
    }
    if (now.points().isEmpty()) {
      change.remove(Readings.POINTS, widget.id());
    } else {
      change.put(Readings.POINTS, widget.id(), now.points());
    }
    return accepted("series.removed", change);
  }
}
