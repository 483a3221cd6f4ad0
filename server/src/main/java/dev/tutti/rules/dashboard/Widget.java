package dev.tutti.rules.dashboard;

import dev.tutti.protocol.dashboard.DashboardLimits;
import dev.tutti.protocol.dashboard.Kind;
import dev.tutti.protocol.dashboard.WidgetCommand;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A widget: {@code {kind, title, x, y, w, h, unit?, decimals?, text?, window, stale, min?, max?,
 * warn?, bad?}}. Its entity is never changed.
 */
record Widget(String id, ObjectNode entity) {
  static final String COLLECTION = "widgets";

  private static final int WINDOW_SECONDS = 3_600;
  private static final int STALE_SECONDS = 60;

  static Widget added(String id, WidgetCommand.Add add, Box box) {
    ObjectNode entity = JsonNodeFactory.instance.objectNode();
    entity.put("kind", add.kind()).put("title", add.title());
    Widget widget =
        new Widget(id, entity)
            .said(
                add.unit(),
                add.decimals(),
                add.text(),
                add.window() == null ? WINDOW_SECONDS : add.window(),
                add.stale() == null ? STALE_SECONDS : add.stale());
    return widget.scaled(add.min(), add.max()).limited(add.warn(), add.bad()).at(box);
  }

  Kind kind() {
    return Kind.of(entity.path("kind").asString(""));
  }

  String title() {
    return entity.path("title").asString("");
  }

  /** Milliseconds of recent points. */
  long windowMillis() {
    return entity.path("window").asInt(WINDOW_SECONDS) * 1_000L;
  }

  Box box() {
    return box(entity);
  }

  static Box box(ObjectNode entity) {
    return new Box(
        entity.path("x").asInt(0),
        entity.path("y").asInt(0),
        entity.path("w").asInt(1),
        entity.path("h").asInt(1));
  }

  Widget at(Box box) {
    ObjectNode copy = entity.deepCopy();
    copy.put("x", box.x()).put("y", box.y()).put("w", box.w()).put("h", box.h());
    return new Widget(id, copy);
  }

  Widget edited(WidgetCommand.Edit edit) {
    ObjectNode copy = entity.deepCopy();
    if (edit.title() != null) {
      copy.put("title", edit.title());
    }
    return new Widget(id, copy)
        .said(edit.unit(), edit.decimals(), edit.text(), edit.window(), edit.stale());
  }

  Widget scaled(@Nullable Double min, @Nullable Double max) {
    return with("min", min).with("max", max);
  }

  Widget limited(@Nullable Double warn, @Nullable Double bad) {
    return with("warn", warn).with("bad", bad);
  }

  private Widget said(
      @Nullable String unit,
      @Nullable Integer decimals,
      @Nullable String text,
      @Nullable Integer window,
      @Nullable Integer stale) {
    ObjectNode copy = entity.deepCopy();
    words(copy, "unit", unit);
    words(copy, "text", text);
    number(copy, "decimals", decimals);
    number(copy, "window", window);
    number(copy, "stale", stale);
    return new Widget(id, copy);
  }

  private static void words(ObjectNode entity, String field, @Nullable String words) {
    if (words == null) {
      return;
    }
    if (words.isEmpty()) {
      entity.remove(field);
    } else {
      entity.put(field, words);
    }
  }

  private static void number(ObjectNode entity, String field, @Nullable Integer number) {
    if (number != null) {
      entity.put(field, number.intValue());
    }
  }

  private Widget with(String field, @Nullable Double number) {
    ObjectNode copy = entity.deepCopy();
    if (number == null) {
      copy.remove(field);
    } else {
      copy.set(field, Dashboard.number(number));
    }
    return new Widget(id, copy);
  }

  /** How long one of the points is the latest, in milliseconds. */
  long stepMillis() {
    return windowMillis() / DashboardLimits.POINTS;
  }
}
