package dev.tutti.rules.dashboard;

import dev.tutti.protocol.dashboard.DashboardLimits;

/** A place on the grid, in cells: {@code x} and {@code y} from 0, {@code w} and {@code h} large. */
record Box(int x, int y, int w, int h) {

  boolean overlaps(Box other) {
    return x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h;
  }

  int bottom() {
    return y + h;
  }

  Box atRow(int row) {
    return new Box(x, row, w, h);
  }

  /** Moved left until it is within the grid. */
  Box within() {
    return new Box(Math.min(x, DashboardLimits.COLUMNS - w), y, w, h);
  }
}
