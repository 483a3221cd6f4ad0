package dev.tutti.rules.board;

import dev.tutti.rules.Fields;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A column: {@code {title, rank, limit?}}. */
record Column(String id, ObjectNode entity) {
  static final String COLLECTION = "columns";

  private static final String TITLE = "title";
  private static final String LIMIT = "limit";

  static Column added(String id, String title) {
    return new Column(id, Fields.none().put(TITLE, title));
  }

  String title() {
    return Fields.string(entity, TITLE);
  }

  String rank() {
    return Fields.string(entity, Lane.RANK);
  }

  /** How many tickets it takes at most. It may hold more, from before the limit was set. */
  OptionalInt limit() {
    JsonNode limit = entity.get(LIMIT);
    return limit == null ? OptionalInt.empty() : OptionalInt.of(limit.asInt());
  }

  Column titled(String title) {
    return new Column(id, Fields.with(entity, TITLE, title));
  }

  Column at(String rank) {
    return new Column(id, Fields.with(entity, Lane.RANK, rank));
  }

  Column limited(@Nullable Integer limit) {
    return new Column(
        id,
        limit == null
            ? Fields.without(entity, LIMIT)
            : Fields.with(entity, LIMIT, JsonNodeFactory.instance.numberNode(limit.intValue())));
  }
}
