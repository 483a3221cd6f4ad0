package dev.tutti.protocol.dashboard;

/**
 * The limits of a dashboard. Texts are in UTF-16 characters and refused as {@code invalid}, as are
 * numbers that are out of their range; counts are refused as {@code rule}, with a sentence.
 */
public final class DashboardLimits {
  public static final int MAX_TITLE_CHARS = 500;

  public static final int MAX_WIDGET_TITLE_CHARS = 100;

  /** What a text widget says. */
  public static final int MAX_TEXT_CHARS = 2_000;

  public static final int MAX_UNIT_CHARS = 20;

  /** A reading that is text. */
  public static final int MAX_READING_CHARS = 200;

  /** The name of a series. */
  public static final int MAX_SERIES_CHARS = 60;

  public static final int MAX_WIDGETS = 100;

  /** Series of a line chart. */
  public static final int MAX_LINES = 12;

  /** Series of a table, which are its rows. */
  public static final int MAX_ROWS = 200;

  /** Readings of one command. */
  public static final int MAX_READINGS = 500;

  /** Recent points that are kept of each series, one for each share of the widget's window. */
  public static final int POINTS = 180;

  /** Columns of the grid. */
  public static final int COLUMNS = 12;

  /** Rows of the grid that a widget is high at most. */
  public static final int MAX_HEIGHT = 20;

  /** Rows of the grid. */
  public static final int MAX_GRID_ROWS = 500;

  public static final int MAX_DECIMALS = 6;

  public static final int MIN_WINDOW_SECONDS = 60;
  public static final int MAX_WINDOW_SECONDS = 7 * 24 * 3_600;
  public static final int MIN_STALE_SECONDS = 2;
  public static final int MAX_STALE_SECONDS = 30 * 24 * 3_600;

  private DashboardLimits() {}
}
