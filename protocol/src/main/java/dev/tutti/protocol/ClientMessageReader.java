package dev.tutti.protocol;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * From a tree to a message, field by field. Written by hand because each wrong field must be
 * answered with its path and, where it can be read, the {@code id} of the message it is in.
 */
final class ClientMessageReader {
  private static final int MAX_NAME_CHARS = 64;
  private static final int MAX_TOPIC_CHARS = 64;
  private static final int UUID_CHARS = 36;

  private final ObjectNode tree;

  private ClientMessageReader(ObjectNode tree) {
    this.tree = tree;
  }

  static ClientMessage read(ObjectNode tree) {
    try {
      Hygiene.check(tree);
      return new ClientMessageReader(tree).message();
    } catch (InvalidMessage refusal) {
      JsonNode id = tree.get("id");
      throw id != null && isLong(id) ? refusal.answering(id.longValue()) : refusal;
    }
  }

  private ClientMessage message() {
    if (!(tree.get("type") instanceof JsonNode named && named.isString())) {
      throw new InvalidMessage(Code.MALFORMED, "A message is an object with a type.");
    }
    String type = text("type");
    return switch (type) {
      case "command" ->
          new ClientMessage.Command(
              id(), room(), key(), name("name"), objectOrEmpty("args"), optionalObject("expect"));
      case "signal" -> new ClientMessage.Signal(room(), topic(), objectOrEmpty("data"));
      case "presence" -> new ClientMessage.Presence(room(), object("state"));
      case "pong" -> new ClientMessage.Pong();
      case "hello" ->
          new ClientMessage.Hello(
              optionalText("token"), optionalText("name"), optionalText("client"));
      case "subscribe" ->
          new ClientMessage.Subscribe(id(), room(), optionalSeq("after"), optionalText("epoch"));
      case "unsubscribe" -> new ClientMessage.Unsubscribe(id(), room());
      case "history" -> history();
      default ->
          throw new InvalidMessage(
              Code.UNKNOWN_TYPE, "This server knows no message of type \"" + brief(type) + "\".");
    };
  }

  private ClientMessage history() {
    Long before = optionalSeq("before");
    Long after = optionalSeq("after");
    String entity = optionalText("entity");
    return new ClientMessage.History(
        id(), room(), before, after, limit(), entity == null ? null : EntityName.of(entity));
  }

  /** The events asked for; the largest number there is where it is absent or larger. */
  private int limit() {
    JsonNode value = tree.get("limit");
    if (value == null || value.isNull()) {
      return Integer.MAX_VALUE;
    }
    if (!isLong(value) || value.longValue() < 1) {
      throw invalid("limit", "limit is a whole number of events, 1 or more.");
    }
    return (int) Math.min(value.longValue(), Integer.MAX_VALUE);
  }

  private long id() {
    JsonNode value = required("id");
    if (!isLong(value) || value.longValue() < 0) {
      throw invalid("id", "id is a whole number, 0 or more.");
    }
    return value.longValue();
  }

  private RoomName room() {
    return new RoomName(text("room"));
  }

  private UUID key() {
    return uuid(text("key"));
  }

  /** A UUID in its canonical form; {@link UUID#fromString} accepts many others. */
  static UUID uuid(String text) {
    if (text.length() == UUID_CHARS) {
      try {
        UUID uuid = UUID.fromString(text);
        if (uuid.toString().equalsIgnoreCase(text)) {
          return uuid;
        }
      } catch (IllegalArgumentException e) {
        // Falls through to the one sentence for every way to be wrong.
      }
    }
    throw invalid("key", "key is a UUID, like 0192f0c1-7b3e-7d1a-9c4f-2a6b8e0d1f35.");
  }

  private String name(String field) {
    String value = text(field);
    if (value.isEmpty() || value.length() > MAX_NAME_CHARS) {
      throw invalid(field, field + " has 1 to " + MAX_NAME_CHARS + " characters.");
    }
    return value;
  }

  private String topic() {
    String value = text("topic");
    if (value.isEmpty() || value.length() > MAX_TOPIC_CHARS) {
      throw invalid("topic", "topic has 1 to " + MAX_TOPIC_CHARS + " characters.");
    }
    return value;
  }

  private JsonNode required(String field) {
    JsonNode value = tree.get(field);
    if (value == null || value.isNull()) {
      throw invalid(field, "The field " + field + " is missing.");
    }
    return value;
  }

  private String text(String field) {
    JsonNode value = required(field);
    if (!value.isString()) {
      throw invalid(field, field + " is a text.");
    }
    return value.stringValue();
  }

  private @Nullable String optionalText(String field) {
    JsonNode value = tree.get(field);
    return value == null || value.isNull() ? null : text(field);
  }

  private @Nullable Long optionalSeq(String field) {
    JsonNode value = tree.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!isLong(value) || value.longValue() < 0) {
      throw invalid(field, field + " is a seq: a whole number, 0 or more.");
    }
    return value.longValue();
  }

  private ObjectNode object(String field) {
    if (required(field) instanceof ObjectNode object) {
      return object;
    }
    throw invalid(field, field + " is an object.");
  }

  private @Nullable ObjectNode optionalObject(String field) {
    JsonNode value = tree.get(field);
    return value == null || value.isNull() ? null : object(field);
  }

  private ObjectNode objectOrEmpty(String field) {
    ObjectNode value = optionalObject(field);
    return value == null ? JsonNodeFactory.instance.objectNode() : value;
  }

  private static InvalidMessage invalid(String field, String sentence) {
    return new InvalidMessage(Code.INVALID, sentence, field);
  }

  private static boolean isLong(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong();
  }

  private static String brief(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
