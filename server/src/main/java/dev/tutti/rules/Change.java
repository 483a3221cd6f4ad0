package dev.tutti.rules;

import dev.tutti.protocol.EntityName;
import dev.tutti.protocol.MergePatch;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is now so: each entry says "this entity is now that", or is gone. The engine derives the
 * smallest patch by comparing with what was.
 */
public final class Change {
  private final Map<Place, Optional<ObjectNode>> entities = new LinkedHashMap<>();

  /** Collections that go when nothing is left in them. */
  private final Set<String> leaving = new HashSet<>();

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

  /** The collection is gone too, if nothing is left in it. */
  Change dropIfEmpty(String collection) {
    leaving.add(collection);
    return this;
  }

  /** The collections in which something may change. */
  public Set<String> collections() {
    return entities.keySet().stream().map(Place::collection).collect(Collectors.toSet());
  }

  /** The ids of a collection about which something is said. */
  public Set<String> ids(String collection) {
    return entities.keySet().stream()
        .filter(place -> place.collection.equals(collection))
        .map(Place::id)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What the change does to entities, in the order in which it was said. */
  public void each(BiConsumer<EntityName, Optional<ObjectNode>> to) {
    entities.forEach((place, now) -> to.accept(new EntityName(place.collection, place.id), now));
  }

  /** The same change with copies of the entities. */
  public Change copy() {
    Change copy = new Change();
    entities.forEach(
        (place, now) -> copy.entities.put(place, now.map(entity -> entity.deepCopy())));
    copy.leaving.addAll(leaving);
    return copy;
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
    for (String collection : leaving) {
      if (isEmptied(before, collection)) {
        patch.putNull(collection);
      }
    }
    return patch;
  }

  private boolean isEmptied(Document before, String collection) {
    boolean nothingPut =
        entities.entrySet().stream()
            .noneMatch(e -> e.getKey().collection.equals(collection) && e.getValue().isPresent());
    return before.has(collection)
        && nothingPut
        && ids(collection).containsAll(before.collection(collection).keySet());
  }
}
