package dev.tutti.rules;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of an entity, for rules. Entities are never changed: these make a changed one that
 * shares the rest.
 */
public final class Fields {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Fields() {}

  /** An entity without any. */
  public static ObjectNode none() {
    return NODES.objectNode();
  }

  /** A text, as the value of a field. */
  public static JsonNode text(String value) {
    return NODES.stringNode(value);
  }

  /** One that may be changed until it is in a document. */
  public static ObjectNode copy(ObjectNode entity) {
    ObjectNode copy = NODES.objectNode();
    copy.setAll(entity);
    return copy;
  }

  /** With a field set. */
  public static ObjectNode with(ObjectNode entity, String field, JsonNode value) {
    ObjectNode copy = copy(entity);
    copy.set(field, value);
    return copy;
  }

  /** With a text set. */
  public static ObjectNode with(ObjectNode entity, String field, String value) {
    return with(entity, field, text(value));
  }

  /** Without a field. */
  public static ObjectNode without(ObjectNode entity, String field) {
    ObjectNode copy = copy(entity);
    copy.remove(field);
    return copy;
  }

  /** The object in a field, empty where there is none. */
  public static ObjectNode object(ObjectNode entity, String field) {
    return entity.get(field) instanceof ObjectNode object ? object : NODES.objectNode();
  }

  /** With a member set in the object of a field. */
  public static ObjectNode withMember(
      ObjectNode entity, String field, String member, JsonNode value) {
    return with(entity, field, with(object(entity, field), member, value));
  }

  /** Without a member of the object of a field; without the field when that was its last one. */
  public static ObjectNode withoutMember(ObjectNode entity, String field, String member) {
    ObjectNode rest = without(object(entity, field), member);
    return rest.isEmpty() ? without(entity, field) : with(entity, field, rest);
  }

  /** A text field that every such entity has. */
  public static String string(ObjectNode entity, String field) {
    return entity.path(field).asString("");
  }

  /** A text field that may be absent. */
  public static Optional<String> optional(ObjectNode entity, String field) {
    JsonNode value = entity.get(field);
    return value == null ? Optional.empty() : Optional.of(value.asString(""));
  }
}
