package dev.tutti.room;

import dev.tutti.protocol.Args;
import dev.tutti.protocol.EntityName;
import dev.tutti.protocol.Hygiene;
import dev.tutti.rules.AccessRules;
import dev.tutti.rules.Change;
import dev.tutti.rules.CreationRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether what rules returned can be an event: in the journal, in a document, in any client. What
 * cannot is thrown as {@link IllegalStateException}, or by {@link Args} and {@link Hygiene}.
 */
final class Soundness {
  /** Levels of objects and lists in an entity; a message may have more around it. */
  static final int MAX_DEPTH = 16;

  private static final int MAX_ID_CHARS = 200;
  private static final int MAX_FIELD_CHARS = 200;
  private static final Pattern EVENT_NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+");
  private static final int MAX_EVENT_NAME_CHARS = 64;
  private static final Set<String> RESERVED =
      Set.of(AccessRules.COLLECTION, CreationRules.COLLECTION);
  private static final Pattern RESERVED_EVENT = Pattern.compile("(access|room)\\..*");

  private Soundness() {}

  /** The name of an event, unless it is none. */
  static String eventName(String name) {
    if (name.length() > MAX_EVENT_NAME_CHARS || !EVENT_NAME.matcher(name).matches()) {
      throw new IllegalStateException("No name of an event is \"" + name + "\".");
    }
    if (RESERVED_EVENT.matcher(name).matches()) {
      throw new IllegalStateException(name + " is for the server to say.");
    }
    return name;
  }

  /**
   * A copy of a change, unless it is unsound.
   *
   * @param reserved what it does to the engine's own collections: this, no more and no less
   */
  static Change checked(Change change, Change reserved) {
    change.each(Soundness::check);
    if (!reserved(change).equals(reserved(reserved))) {
      throw new IllegalStateException(RESERVED + " are for the server to change.");
    }
    return change.copy();
  }

  private static Map<EntityName, Optional<ObjectNode>> reserved(Change change) {
    Map<EntityName, Optional<ObjectNode>> found = new HashMap<>();
    change.each((name, now) -> {
      if (RESERVED.contains(name.collection())) {
        found.put(name, now);
      }
    });
    return found;
  }

  private static void check(EntityName name, Optional<ObjectNode> now) {
    Args.id(name.collection(), "collection");
    Args.key(Objects.requireNonNull(name.id()), MAX_ID_CHARS, "id");
    now.ifPresent(entity -> {
      fields(entity, 1);
      Hygiene.check(entity);
    });
  }

  private static void fields(JsonNode node, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalStateException("An entity has over " + MAX_DEPTH + " levels.");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      Args.key(field.getKey(), MAX_FIELD_CHARS, "field");
    }
    for (JsonNode value : node) {
      if (value.isNull() && node.isObject()) {
        throw new IllegalStateException("A field is null, which means that it is absent.");
      }
      if (value.isContainer()) {
        fields(value, depth + 1);
      }
    }
  }
}
