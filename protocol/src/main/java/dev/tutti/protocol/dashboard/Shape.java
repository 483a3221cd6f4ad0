package dev.tutti.protocol.dashboard;

import dev.tutti.protocol.Args;
import org.jspecify.annotations.Nullable;

/** What the arguments may be that several commands have. */
final class Shape {
  private Shape() {}

  static void cell(@Nullable Integer x, @Nullable Integer y) {
    between(x, 0, DashboardLimits.COLUMNS - 1, "x");
    between(y, 0, DashboardLimits.MAX_GRID_ROWS - 1, "y");
  }

  static void size(@Nullable Integer w, @Nullable Integer h) {
    between(w, 1, DashboardLimits.COLUMNS, "w");
    between(h, 1, DashboardLimits.MAX_HEIGHT, "h");
  }

  static void words(
      @Nullable String unit,
      @Nullable Integer decimals,
      @Nullable String text,
      @Nullable Integer window,
      @Nullable Integer stale) {
    if (unit != null && !unit.isEmpty()) {
      Args.line(unit, DashboardLimits.MAX_UNIT_CHARS, "unit");
    }
    between(decimals, 0, DashboardLimits.MAX_DECIMALS, "decimals");
    if (text != null) {
      Args.anyText(text, DashboardLimits.MAX_TEXT_CHARS, "text");
    }
    between(
        window, DashboardLimits.MIN_WINDOW_SECONDS, DashboardLimits.MAX_WINDOW_SECONDS, "window");
    between(stale, DashboardLimits.MIN_STALE_SECONDS, DashboardLimits.MAX_STALE_SECONDS, "stale");
  }

  static void scale(@Nullable Double min, @Nullable Double max) {
    finite(min, "min");
    finite(max, "max");
    if (min != null && max != null && min >= max) {
      throw Args.invalid("max", "\"max\" must be more than \"min\".");
    }
  }

  static void thresholds(@Nullable Double warn, @Nullable Double bad) {
    finite(warn, "warn");
    finite(bad, "bad");
    if (warn != null && warn.equals(bad)) {
      throw Args.invalid("bad", "\"warn\" and \"bad\" must differ.");
    }
  }

  static void finite(@Nullable Double number, String field) {
    if (number != null && !Double.isFinite(number)) {
      throw Args.invalid(field, "\"" + field + "\" is too large a number.");
    }
  }

  private static void between(@Nullable Integer value, int least, int most, String field) {
    if (value != null) {
      Args.between(value, least, most, field);
    }
  }
}
