package dev.tutti.rules.board;

import dev.tutti.rules.Actor;
import dev.tutti.rules.Fields;
import dev.tutti.rules.Moment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A comment: {@code {ticket, text, by, name, at, edited?}}; {@code name} as it was at that time.
 */
record Comment(String id, ObjectNode entity) {
  static final String COLLECTION = "comments";

  private static final String TICKET = "ticket";
  private static final String TEXT = "text";
  private static final String BY = "by";

  static Comment added(String id, String ticket, String text, Actor actor, Moment now) {
    ObjectNode entity = Fields.none().put(TICKET, ticket).put(TEXT, text);
    entity.put(BY, actor.user()).put("name", actor.name()).put("at", BoardInfo.time(now));
    return new Comment(id, entity);
  }

  static boolean isOf(JsonNode entity, String ticket) {
    return ticket.equals(entity.path(TICKET).asString(""));
  }

  String ticket() {
    return Fields.string(entity, TICKET);
  }

  String text() {
    return Fields.string(entity, TEXT);
  }

  String by() {
    return Fields.string(entity, BY);
  }

  Comment edited(String text, Moment now) {
    ObjectNode changed = Fields.with(entity, TEXT, text);
    return new Comment(id, changed.put("edited", BoardInfo.time(now)));
  }
}
