package dev.tutti.protocol.dashboard;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.Args;
import org.jspecify.annotations.Nullable;

/** What people do with the widgets of a dashboard. */
public sealed interface WidgetCommand extends DashboardCommand {

  /**
   * A new widget, at the first free place unless one is named.
   *
   * @param widget its id
   * @param kind number, gauge, line, table, status or text
   * @param x its first column of twelve, from 0
   * @param y its first row, from 0
   * @param w columns that it is wide
   * @param h rows that it is high
   * @param decimals digits behind the point
   * @param text what a text widget says
   * @param window seconds of recent points that are kept of each series; an hour
   * @param stale seconds without a reading after which it is shown as stale; a minute
   * @param min where a scale begins
   * @param max where a scale ends
   * @param warn from here on a reading is a warning
   * @param bad from here on it is bad; lower than {@code warn}, low readings are
   */
  @JsonTypeName("widget.add")
  record Add(
      @Nullable String widget,
      String kind,
      String title,
      @Nullable Integer x,
      @Nullable Integer y,
      @Nullable Integer w,
      @Nullable Integer h,
      @Nullable String unit,
      @Nullable Integer decimals,
      @Nullable String text,
      @Nullable Integer window,
      @Nullable Integer stale,
      @Nullable Double min,
      @Nullable Double max,
      @Nullable Double warn,
      @Nullable Double bad)
      implements WidgetCommand {
    public Add {
      Args.optionalId(widget, "widget");
      Kind.of(kind);
      Args.line(title, DashboardLimits.MAX_WIDGET_TITLE_CHARS, "title");
      Shape.cell(x, y);
      Shape.size(w, h);
      if ((x == null) != (y == null)) {
        throw Args.invalid("x", "Give \"x\" and \"y\", or neither.");
      }
      Shape.words(unit, decimals, text, window, stale);
      Shape.scale(min, max);
      Shape.thresholds(warn, bad);
    }

    /** What it is. */
    public Kind is() {
      return Kind.of(kind);
    }
  }

  /**
   * Change what is said of a widget; what is absent stays.
   *
   * @param unit the empty text takes it away
   * @param decimals digits behind the point
   * @param text what a text widget says
   * @param window seconds of recent points that are kept of each series
   * @param stale seconds without a reading after which it is shown as stale
   */
  @JsonTypeName("widget.edit")
  record Edit(
      String widget,
      @Nullable String title,
      @Nullable String unit,
      @Nullable Integer decimals,
      @Nullable String text,
      @Nullable Integer window,
      @Nullable Integer stale)
      implements WidgetCommand {
    public Edit {
      Args.id(widget, "widget");
      if (title != null) {
        Args.line(title, DashboardLimits.MAX_WIDGET_TITLE_CHARS, "title");
      }
      Shape.words(unit, decimals, text, window, stale);
      if (title == null
          && unit == null
          && decimals == null
          && text == null
          && window == null
          && stale == null) {
        throw Args.invalid("title", "Say what is to be changed.");
      }
    }
  }

  /** Say where a widget's scale begins and ends; what is absent follows the readings. */
  @JsonTypeName("widget.scale")
  record Scale(String widget, @Nullable Double min, @Nullable Double max) implements WidgetCommand {
    public Scale {
      Args.id(widget, "widget");
      Shape.scale(min, max);
    }
  }

  /**
   * Say from where on readings are a warning, and bad; what is absent is nowhere.
   *
   * @param bad lower than {@code warn}, low readings are bad
   */
  @JsonTypeName("widget.threshold")
  record Threshold(String widget, @Nullable Double warn, @Nullable Double bad)
      implements WidgetCommand {
    public Threshold {
      Args.id(widget, "widget");
      Shape.thresholds(warn, bad);
    }
  }

  /** Put a widget elsewhere; what is in the way makes room below. */
  @JsonTypeName("widget.move")
  record Move(String widget, int x, int y) implements WidgetCommand {
    public Move {
      Args.id(widget, "widget");
      Shape.cell(x, y);
    }
  }

  /** Make a widget larger or smaller; what is in the way makes room below. */
  @JsonTypeName("widget.resize")
  record Resize(String widget, int w, int h) implements WidgetCommand {
    public Resize {
      Args.id(widget, "widget");
      Shape.size(w, h);
    }
  }

  /** Take a widget away, with its readings. */
  @JsonTypeName("widget.remove")
  record Remove(String widget) implements WidgetCommand {
    public Remove {
      Args.id(widget, "widget");
    }
  }
}
