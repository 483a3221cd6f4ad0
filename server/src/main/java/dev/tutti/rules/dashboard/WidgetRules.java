package dev.tutti.rules.dashboard;

import static dev.tutti.rules.dashboard.Dashboard.accepted;
import static dev.tutti.rules.dashboard.Dashboard.refused;

import dev.tutti.protocol.dashboard.DashboardLimits;
import dev.tutti.protocol.dashboard.WidgetCommand;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import java.util.Map;
import java.util.Optional;

/** What happens to widgets. */
final class WidgetRules {
  private static final String FULL =
      "The grid has only " + DashboardLimits.MAX_GRID_ROWS + " rows, and this needs more.";

  private WidgetRules() {}

  static Decision decide(Dashboard dashboard, WidgetCommand command) {
    return switch (command) {
      case WidgetCommand.Add add -> add(dashboard, add);
      case WidgetCommand.Edit edit ->
          dashboard.onWidget(edit.widget(), widget -> now("widget.edited", widget.edited(edit)));
      case WidgetCommand.Scale(String id, Double min, Double max) ->
          dashboard.onWidget(id, widget -> now("widget.scaled", widget.scaled(min, max)));
      case WidgetCommand.Threshold(String id, Double warn, Double bad) ->
          dashboard.onWidget(id, widget -> now("widget.limited", widget.limited(warn, bad)));
      case WidgetCommand.Move(String id, int x, int y) ->
          dashboard.onWidget(
              id,
              widget -> {
                Box box = new Box(x, y, widget.box().w(), widget.box().h()).within();
                return place(dashboard, "widget.moved", widget.at(box));
              });
      case WidgetCommand.Resize(String id, int w, int h) ->
          dashboard.onWidget(
              id,
              widget -> {
                Box was = widget.box();
                int wide = Math.min(w, DashboardLimits.COLUMNS - was.x());
                Box box = new Box(was.x(), was.y(), wide, h);
                return place(dashboard, "widget.resized", widget.at(box));
              });
      case WidgetCommand.Remove(String id) ->
          dashboard.onWidget(id, widget -> accepted("widget.removed", gone(Change.none(), id)));
    };
  }

  /** With the widget gone, and all that it was told. */
  static Change gone(Change change, String widget) {
    return change
        .remove(Widget.COLLECTION, widget)
        .remove(Readings.COLLECTION, widget)
        .remove(Readings.POINTS, widget);
  }

  private static Decision add(Dashboard dashboard, WidgetCommand.Add add) {
    String chosen = add.widget();
    String id = chosen == null ? dashboard.now().id("w") : chosen;
    if (dashboard.widget(id).isPresent()) {
      return refused("There is already a widget \"" + id + "\".");
    }
    Map<String, Box> others = dashboard.boxesBut(id);
    if (others.size() >= DashboardLimits.MAX_WIDGETS) {
      return refused("A dashboard has at most " + DashboardLimits.MAX_WIDGETS + " widgets.");
    }
    int w = Optional.ofNullable(add.w()).orElse(add.is().width());
    int h = Optional.ofNullable(add.h()).orElse(add.is().height());
    Integer x = add.x();
    Integer y = add.y();
    Box box =
        x == null || y == null ? Layout.free(w, h, others.values()) : new Box(x, y, w, h).within();
    return place(dashboard, "widget.added", Widget.added(id, add, box));
  }

  private static Decision place(Dashboard dashboard, String event, Widget widget) {
    if (widget.box().bottom() > DashboardLimits.MAX_GRID_ROWS) {
      return refused(FULL);
    }
    Map<String, Box> others = dashboard.boxesBut(widget.id());
    return Layout.settle(Map.of(widget.id(), widget.box()), others)
        .map(settled -> {
          Change change = Change.none().put(Widget.COLLECTION, widget.id(), widget.entity());
          others.forEach((id, was) -> {
            Box is = settled.getOrDefault(id, was);
            if (!is.equals(was)) {
              Widget moved = dashboard.widget(id).orElseThrow().at(is);
              change.put(Widget.COLLECTION, id, moved.entity());
            }
          });
          return accepted(event, change);
        })
        .orElseGet(() -> refused(FULL));
  }

  private static Decision now(String event, Widget widget) {
    return accepted(event, Change.none().put(Widget.COLLECTION, widget.id(), widget.entity()));
  }
}
