package dev.tutti.rules;

import dev.tutti.protocol.Args;
import dev.tutti.protocol.InvalidMessage;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What parts of an entity may look like, for rules that are asked about a document from elsewhere
 * ({@link RoomRules#objection}). Each check throws {@link InvalidMessage} with a sentence.
 */
public final class Parts {
  /** A user id, or one with a mark before it. */
  private static final int MAX_BY_CHARS = 200;

  private Parts() {}

  /** What a check throws, as the answer to {@link RoomRules#objection}; empty where all is well. */
  public static Optional<String> objection(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (InvalidMessage e) {
      return Optional.of(e.sentence());
    }
  }

  /** The document has perhaps these collections and those of the engine, and no others. */
  public static void collections(Document document, String... own) {
    Set<String> known = new HashSet<>(List.of(own));
    known.add(AccessRules.COLLECTION);
    known.add(CreationRules.COLLECTION);
    fields(document.toJson(), Set.of(), known);
  }

  /** It has these fields, perhaps those, and no others. */
  public static void fields(ObjectNode object, Set<String> required, Set<String> optional) {
    for (String field : object.propertyNames()) {
      if (!required.contains(field) && !optional.contains(field)) {
        throw Args.invalid(field, "\"" + field + "\" is not known here.");
      }
    }
    for (String field : required) {
      if (!object.has(field)) {
        throw Args.invalid(field, "\"" + field + "\" is missing.");
      }
    }
  }

  /** The object in a field; an empty one where there is none. */
  public static ObjectNode object(ObjectNode in, String field) {
    JsonNode value = in.get(field);
    if (value == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw Args.invalid(field, "\"" + field + "\" must be an object.");
  }

  /** The text in a field. */
  public static String string(ObjectNode in, String field) {
    JsonNode value = in.get(field);
    if (value == null || !value.isString()) {
      throw Args.invalid(field, "\"" + field + "\" must be text.");
    }
    return value.stringValue();
  }

  /** A line of text. */
  public static void line(ObjectNode in, String field, int maxChars) {
    Args.line(string(in, field), maxChars, field);
  }

  /** Text, where there is any. */
  public static void optionalText(ObjectNode in, String field, int maxChars) {
    if (in.has(field)) {
      Args.text(string(in, field), maxChars, field);
    }
  }

  /** Who it is by, and when. */
  public static void author(ObjectNode in) {
    Args.key(string(in, "by"), MAX_BY_CHARS, "by");
    instant(in, "at");
  }

  /** An instant. */
  public static void instant(ObjectNode in, String field) {
    try {
      Instant.parse(string(in, field));
    } catch (DateTimeException e) {
      throw Args.invalid(field, "\"" + field + "\" must be an instant.");
    }
  }

  /** A whole number, where there is one. */
  public static void number(@Nullable JsonNode value, int least, int most, String field) {
    if (value != null) {
      if (!value.isIntegralNumber() || !value.canConvertToInt()) {
        throw Args.invalid(field, "\"" + field + "\" must be a whole number.");
      }
      Args.between(value.intValue(), least, most, field);
    }
  }

  /** No more than so many. */
  public static void most(int count, int most, String what) {
    if (count > most) {
      throw Args.invalid("document", "There are at most " + most + " " + what + ".");
    }
  }
}
