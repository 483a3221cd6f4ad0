package dev.tutti.rules.dashboard;

import static dev.tutti.rules.dashboard.Dashboard.refused;

import dev.tutti.protocol.Event;
import dev.tutti.protocol.dashboard.DashboardLimits;
import dev.tutti.rules.Change;
import dev.tutti.rules.ChangeRules;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What holds on a dashboard when a change is taken back: widgets come back to where they were, or
 * below what is there by now. Readings are not taken back, but go and come with their widget.
 */
final class UndoRules {
  private UndoRules() {}

  static Decision decide(Document before, Event undone, Change change, Moment now) {
    if (undone.name().equals(DashboardRules.VALUE) || undone.name().equals(DashboardRules.VALUES)) {
      return refused("A reading cannot be taken back.");
    }
    Set<String> touched = change.ids(Widget.COLLECTION);
    Document restored = before.apply(change.patchOn(before));
    for (String id : touched) {
      if (restored.entity(Widget.COLLECTION, id).isEmpty()) {
        WidgetRules.gone(change, id);
      }
    }
    Dashboard dashboard = new Dashboard(before.apply(change.patchOn(before)), now);
    Optional<Decision> objection = objection(before, dashboard, change);
    return objection.isPresent() ? objection.get() : settled(dashboard, touched, change);
  }

  private static Optional<Decision> objection(Document before, Dashboard after, Change change) {
    int count = after.document().collection(Widget.COLLECTION).size();
    int was = before.collection(Widget.COLLECTION).size();
    if (count > DashboardLimits.MAX_WIDGETS && count > was) {
      return Optional.of(
          refused("A dashboard has at most " + DashboardLimits.MAX_WIDGETS + " widgets."));
    }
    for (String id : change.ids(Readings.COLLECTION)) {
      int series = Readings.of(after.document(), id).series();
      int most = after.widget(id).map(widget -> widget.kind().maxSeries()).orElse(0);
      if (series > most && after.document().entity(Readings.COLLECTION, id).isPresent()) {
        return Optional.of(
            refused("The widget of this series is gone, or shows as many as it can by now."));
      }
    }
    return Optional.empty();
  }

  private static Decision settled(Dashboard dashboard, Set<String> touched, Change change) {
    return apart(dashboard, touched, change)
        .<Decision>map(settled -> new Decision.Accepted(ChangeRules.UNDONE, settled))
        .orElseGet(() -> refused("There is no room for it on the grid any more."));
  }

  /** The change, with those that come back below what is in their place. */
  private static Optional<Change> apart(Dashboard after, Set<String> touched, Change change) {
    Map<String, Box> fixed = new HashMap<>(after.boxesBut(""));
    Map<String, Box> back = new HashMap<>();
    for (String id : touched) {
      Box box = fixed.remove(id);
      if (box != null) {
        // Its width may be another one since, and its place too near the edge for it.
        back.put(id, box.within());
      }
    }
    return Layout.settle(fixed, back)
        .map(settled -> {
          back.forEach((id, within) -> {
            Box is = settled.getOrDefault(id, within);
            if (!is.equals(after.widget(id).orElseThrow().box())) {
              ObjectNode entity = after.widget(id).orElseThrow().at(is).entity();
              change.put(Widget.COLLECTION, id, entity);
            }
          });
          return change;
        });
  }
}
