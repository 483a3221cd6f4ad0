package dev.tutti.protocol.dashboard;

import dev.tutti.protocol.Args;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a widget is, and how large a new one is in cells of the grid. */
public enum Kind {
  NUMBER(3, 2, true, 1),
  GAUGE(3, 3, true, 1),
  LINE(6, 4, true, DashboardLimits.MAX_LINES),
  TABLE(4, 4, true, DashboardLimits.MAX_ROWS),
  STATUS(3, 2, true, 1),
  TEXT(4, 2, false, 0);

  private final int width;
  private final int height;
  private final boolean read;
  private final int maxSeries;

  Kind(int width, int height, boolean read, int maxSeries) {
    this.width = width;
    this.height = height;
    this.read = read;
    this.maxSeries = maxSeries;
  }

  /** How it is written, in lower case. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Columns of a new one. */
  public int width() {
    return width;
  }

  /** Rows of a new one. */
  public int height() {
    return height;
  }

  /** Whether it takes readings. */
  public boolean takesReadings() {
    return read;
  }

  /** How many series it shows. */
  public int maxSeries() {
    return maxSeries;
  }

  /** Whether its recent points are kept. */
  public boolean keepsPoints() {
    return this == NUMBER || this == LINE;
  }

  /**
   * The kind of this name.
   *
   * @throws dev.tutti.protocol.InvalidMessage when there is none
   */
  public static Kind of(String wire) {
    return Arrays.stream(values())
        .filter(kind -> kind.wire().equals(wire))
        .findFirst()
        .orElseThrow(() ->
            Args.invalid(
                "kind",
                "\"kind\" must be one of "
                    + Arrays.stream(values()).map(Kind::wire).collect(Collectors.joining(", "))
                    + "."));
  }
}
