package dev.tutti.rules.dashboard;

import dev.tutti.protocol.Event;
import dev.tutti.protocol.dashboard.DashboardCommand;
import dev.tutti.protocol.dashboard.Reading;
import dev.tutti.protocol.dashboard.ReadingCommand;
import dev.tutti.protocol.dashboard.WidgetCommand;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Conflation;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.Retention;
import dev.tutti.rules.RoomRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What may happen on a dashboard, and what it does: {@code docs/dashboards.md}. */
public final class DashboardRules implements RoomRules<DashboardCommand> {
  static final String VALUE = "value.set";
  static final String VALUES = "values.set";

  /** From one reading of a sender and series to the next: nobody reads faster. */
  private static final int PACE_MILLIS = 200;

  /** Between them every instant has milliseconds. */
  private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);

  private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

  /** A day's readings, and what came last where there are few. */
  private static final Retention KEPT = new Retention(1_000, Duration.ofDays(1));

  @Override
  public String type() {
    return "dashboard";
  }

  @Override
  public DashboardCommand parse(String name, ObjectNode args) {
    return DashboardCommand.BINDING.parse(name, args);
  }

  @Override
  public Retention retention() {
    return KEPT;
  }

  @Override
  public Optional<String> objection(Document document) {
    return Shape.objection(document);
  }

  @Override
  public Optional<String> title(Document document) {
    return Dashboard.title(document);
  }

  @Override
  public Change created(Optional<String> title) {
    return title.map(Dashboard::titled).orElseGet(Change::none);
  }

  @Override
  public Optional<Conflation> conflation(DashboardCommand command) {
    return switch (command) {
      case ReadingCommand.Set set -> latest(List.of(set.reading()));
      case ReadingCommand.SetAll all -> latest(all.values());
      case DashboardCommand.Rename _, WidgetCommand _, ReadingCommand.Remove _ -> Optional.empty();
    };
  }

  /**
   * Of readings of one time; of several times, another batch may be earlier in one and not in
   * another.
   */
  private static Optional<Conflation> latest(List<Reading> readings) {
    List<Long> times = readings.stream().map(DashboardRules::millis).distinct().toList();
    if (times.size() > 1) {
      return Optional.empty();
    }
    String series =
        readings.stream()
            .map(reading -> reading.widget() + " " + reading.of())
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
    return Optional.of(new Conflation(series, PACE_MILLIS, times.getFirst()));
  }

  /** What names no time is of when it is decided, later than all that name one. */
  private static long millis(Reading reading) {
    Instant at = reading.time(LAST);
    return at.isBefore(FIRST) ? Long.MIN_VALUE : at.toEpochMilli();
  }

  @Override
  public Decision undo(Document document, Event undone, Change change, Actor actor, Moment now) {
    return UndoRules.decide(document, undone, change, now);
  }

  @Override
  public Decision decide(Document document, DashboardCommand command, Actor actor, Moment now) {
    Dashboard dashboard = new Dashboard(document, now);
    return switch (command) {
      case DashboardCommand.Rename(String title) ->
          new Decision.Accepted("dashboard.renamed", Dashboard.titled(title));
      case WidgetCommand widget -> WidgetRules.decide(dashboard, widget);
      case ReadingCommand reading -> ReadingRules.decide(dashboard, reading);
    };
  }
}
