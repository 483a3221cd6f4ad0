package dev.tutti.protocol.dashboard;

import dev.tutti.protocol.Args;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One reading of several.
 *
 * @param series a line of a chart or a row of a table; the one unnamed series where it is absent
 * @param value a number,
 * @param text or words
 * @param state good, warn or bad, whatever the thresholds say
 * @param at when it was so, as an instant; now where it is absent or ahead of the server. One that
 *     is older than what the series has changes nothing
 */
public record Reading(
    String widget,
    @Nullable String series,
    @Nullable Double value,
    @Nullable String text,
    @Nullable String state,
    @Nullable String at) {
  /** What the series is called that needs no name. */
  public static final String UNNAMED = "value";

  public Reading {
    check(widget, series, value, text, state, at);
  }

  /** When it was so, on a server whose time is {@code now}: not ahead of it. */
  public Instant time(Instant now) {
    Instant said = at == null ? now : instant(at);
    return said.isAfter(now) ? now : said;
  }

  /** The name of its series. */
  public String of() {
    return series == null ? UNNAMED : series;
  }

  private static Instant instant(String at) {
    try {
      return Instant.parse(at);
    } catch (DateTimeException e) {
      throw Args.invalid("at", "\"at\" must be an instant such as 2026-11-22T15:04:05Z.");
    }
  }

  /** Within a list nobody has looked whether a field is there, so this does. */
  static void check(
      @Nullable String widget,
      @Nullable String series,
      @Nullable Double value,
      @Nullable String text,
      @Nullable String state,
      @Nullable String at) {
    if (widget == null) {
      throw Args.invalid("widget", "\"widget\" is missing.");
    }
    Args.id(widget, "widget");
    if (series != null) {
      Args.key(series, DashboardLimits.MAX_SERIES_CHARS, "series");
    }
    if ((value == null) == (text == null)) {
      throw Args.invalid("value", "Give a number as \"value\", or words as \"text\".");
    }
    Shape.finite(value, "value");
    if (text != null) {
      Args.line(text, DashboardLimits.MAX_READING_CHARS, "text");
    }
    if (state != null && !state.equals("good") && !state.equals("warn") && !state.equals("bad")) {
      throw Args.invalid("state", "\"state\" must be good, warn or bad.");
    }
    if (at != null) {
      instant(at);
    }
  }
}
