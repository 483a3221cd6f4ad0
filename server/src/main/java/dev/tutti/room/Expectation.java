package dev.tutti.room;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.MergePatch;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compare-and-set on any field: an {@code expect} is a partial document, in which {@code null} says
 * that something is absent. Where the room differs the command is refused, and told what is there.
 */
final class Expectation {
  /** Entities whose current state one refusal tells: a question must not cost a whole board. */
  private static final int MAX_TOLD = 50;

  private Expectation() {}

  /** The refusal, or empty when the document is as expected. */
  static Optional<Decision> unmet(Document document, ObjectNode expect) {
    ObjectNode current = JsonNodeFactory.instance.objectNode();
    int told = 0;
    for (Map.Entry<String, JsonNode> collection : expect.properties()) {
      String name = collection.getKey();
      if (collection.getValue() instanceof ObjectNode entities) {
        for (Map.Entry<String, JsonNode> entity : entities.properties()) {
          ObjectNode actual = document.entity(name, entity.getKey()).orElse(null);
          Optional<JsonNode> found = differences(entity.getValue(), actual);
          if (found.isPresent() && told < MAX_TOLD) {
            told++;
            current.withObjectProperty(name).set(entity.getKey(), found.get());
          }
        }
      } else if (!collection.getValue().isNull() || !document.collection(name).isEmpty()) {
        current.put(name, document.collection(name).size() + " entities");
      }
    }
    if (current.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.set("current", current);
    return Optional.of(
        new Decision.Refused(
            Code.STALE, "Someone has changed this in the meantime.", Optional.of(details)));
  }

  private static Optional<JsonNode> differences(JsonNode expected, @Nullable JsonNode actual) {
    if (actual == null) {
      return expected.isNull()
          ? Optional.empty()
          : Optional.of(JsonNodeFactory.instance.nullNode());
    }
    if (!(expected instanceof ObjectNode fields) || !(actual instanceof ObjectNode object)) {
      return MergePatch.same(expected, actual) ? Optional.empty() : Optional.of(actual);
    }
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      differences(field.getValue(), object.get(field.getKey()))
          .ifPresent(value -> found.set(field.getKey(), value));
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }
}
