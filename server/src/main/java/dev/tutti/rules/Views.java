package dev.tutti.rules;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import tools.jackson.databind.node.ObjectNode;

/** The views of one document that have been asked for. Immutable. */
final class Views {
  static final Views NONE = new Views(HashTreePMap.empty());

  private final PMap<View<?>, Object> all;

  private Views(PMap<View<?>, Object> all) {
    this.all = all;
  }

  boolean has(View<?> view) {
    return all.containsKey(view);
  }

  @SuppressWarnings("unchecked") // only put there by the view itself
  <V> V get(View<V> view) {
    Object value = all.get(view);
    if (value == null) {
      throw new IllegalStateException(view + " was not computed.");
    }
    return (V) value;
  }

  /** With a view computed from all that a document holds. */
  <V> Views computed(View<V> view, Map<String, ? extends Map<String, ObjectNode>> collections) {
    V value = view.empty();
    for (var collection : collections.entrySet()) {
      for (var entity : collection.getValue().entrySet()) {
        Optional<ObjectNode> is = Optional.of(entity.getValue());
        value = view.changed(value, collection.getKey(), entity.getKey(), Optional.empty(), is);
      }
    }
    return new Views(all.plus(view, (Object) value));
  }

  /** As they are after a change of one entity. */
  Views changed(String collection, String id, @Nullable ObjectNode was, @Nullable ObjectNode is) {
    if (all.isEmpty()) {
      return this;
    }
    PMap<View<?>, Object> result = all;
    Optional<ObjectNode> before = Optional.ofNullable(was);
    Optional<ObjectNode> after = Optional.ofNullable(is);
    for (View<?> view : all.keySet()) {
      result = result.plus(view, changed(view, collection, id, before, after));
    }
    return new Views(result);
  }

  private <V> Object changed(
      View<V> view,
      String collection,
      String id,
      Optional<ObjectNode> was,
      Optional<ObjectNode> is) {
    Object value = view.changed(get(view), collection, id, was, is);
    return value;
  }
}
