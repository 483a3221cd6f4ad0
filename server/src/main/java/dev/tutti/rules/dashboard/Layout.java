package dev.tutti.rules.dashboard;

import dev.tutti.protocol.dashboard.DashboardLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the widgets are, without two in one place. Whoever moves something gets the place, and what
 * is in the way goes down, as far as it must and no further; nothing moves up by itself, so that a
 * change of one widget touches few others, and several people can lay out at once.
 */
final class Layout {
  private static final Comparator<Map.Entry<String, Box>> FROM_ABOVE =
      Comparator.<Map.Entry<String, Box>>comparingInt(e -> e.getValue().y())
          .thenComparing(e -> e.getValue().x())
          .thenComparing(Map.Entry::getKey);

  private Layout() {}

  /**
   * Places some boxes beside others.
   *
   * @param first keep their places, and do not overlap
   * @param rest keep theirs where nothing is in the way, and go down where something is
   * @return where all of them are; empty where the grid has too few rows for it
   */
  static Optional<Map<String, Box>> settle(Map<String, Box> first, Map<String, Box> rest) {
    Map<String, Box> settled = new HashMap<>(first);
    List<Map.Entry<String, Box>> order = new ArrayList<>(rest.entrySet());
    order.sort(FROM_ABOVE);
    for (Map.Entry<String, Box> next : order) {
      Box free = below(next.getValue(), settled.values());
      if (free.bottom() > DashboardLimits.MAX_GRID_ROWS) {
        return Optional.empty();
      }
      settled.put(next.getKey(), free);
    }
    return Optional.of(settled);
  }

  /** The first free place for something of this size, row by row; below all others if need be. */
  static Box free(int w, int h, Collection<Box> others) {
    int end = others.stream().mapToInt(Box::bottom).max().orElse(0);
    for (int y = 0; y < end; y++) {
      for (int x = 0; x + w <= DashboardLimits.COLUMNS; x++) {
        Box box = new Box(x, y, w, h);
        if (others.stream().noneMatch(box::overlaps)) {
          return box;
        }
      }
    }
    return new Box(0, end, w, h);
  }

  private static Box below(Box box, Collection<Box> others) {
    Box free = box;
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Box other : others) {
        if (free.overlaps(other)) {
          free = free.atRow(other.bottom());
          moved = true;
        }
      }
    }
    return free;
  }
}
