package dev.tutti.rules;

import dev.tutti.protocol.MergePatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is now so: each entry says "this entity is now that", or is gone. The engine derives the
 * smallest patch by comparing with what was.
 */
public final class Change {
  private final Map<Place, Optional<ObjectNode>> entities = new LinkedHashMap<>();

  private record Place(String collection, String id) {}

  private Change() {}

  /** Nothing changes; the event is journaled all the same. */
  public static Change none() {
    return new Change();
  }

  /** The entity is now this. It must hold no {@code null} and must not be changed afterwards. */
  public Change put(String collection, String id, ObjectNode entity) {
    entities.put(new Place(collection, id), Optional.of(entity));
    return this;
  }

  /** The entity is gone. */
  public Change remove(String collection, String id) {
    entities.put(new Place(collection, id), Optional.empty());
    return this;
  }

  /** The smallest merge patch that makes {@code before} so. */
  public ObjectNode patchOn(Document before) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    entities.forEach((place, now) -> {
      Optional<ObjectNode> was = before.entity(place.collection, place.id);
      if (now.isPresent()) {
        if (was.isEmpty()) {
          patch.withObjectProperty(place.collection).set(place.id, now.get());
        } else {
          ObjectNode difference = MergePatch.diff(was.get(), now.get());
          if (!difference.isEmpty()) {
            patch.withObjectProperty(place.collection).set(place.id, difference);
          }
        }
      } else if (was.isPresent()) {
        patch.withObjectProperty(place.collection).putNull(place.id);
      }
    });
    return patch;
  }
}
