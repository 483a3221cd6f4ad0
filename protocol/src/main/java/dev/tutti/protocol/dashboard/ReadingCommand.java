package dev.tutti.protocol.dashboard;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.Args;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What programs say to a dashboard. */
public sealed interface ReadingCommand extends DashboardCommand {

  /**
   * What is so now: a number, or words.
   *
   * @param series a line of a chart or a row of a table; the one unnamed series where it is absent
   * @param value a number,
   * @param text or words
   * @param state good, warn or bad, whatever the thresholds say
   * @param at when it was so, as an instant; now where it is absent or ahead of the server. One
   *     that is older than what the series has changes nothing
   */
  @JsonTypeName("value.set")
  record Set(
      String widget,
      @Nullable String series,
      @Nullable Double value,
      @Nullable String text,
      @Nullable String state,
      @Nullable String at)
      implements ReadingCommand {
    public Set {
      Reading.check(widget, series, value, text, state, at);
    }

    /** The same as a reading. */
    public Reading reading() {
      return new Reading(widget, series, value, text, state, at);
    }
  }

  /** Several readings at once: all of them are taken, or none. */
  @JsonTypeName("values.set")
  record SetAll(List<Reading> values) implements ReadingCommand {
    public SetAll {
      values = List.copyOf(values);
      if (values.isEmpty() || values.size() > DashboardLimits.MAX_READINGS) {
        throw Args.invalid(
            "values", "Give 1 to " + DashboardLimits.MAX_READINGS + " readings at once.");
      }
    }
  }

  /** Forget a series: a line of a chart, a row of a table. */
  @JsonTypeName("series.remove")
  record Remove(String widget, String series) implements ReadingCommand {
    public Remove {
      Args.id(widget, "widget");
      Args.key(series, DashboardLimits.MAX_SERIES_CHARS, "series");
    }
  }
}
