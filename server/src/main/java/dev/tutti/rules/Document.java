package dev.tutti.rules;

import dev.tutti.protocol.MergePatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A room's state: collection, entity id, entity. Immutable; a change makes a new document that
 * shares all the rest. Entities are Jackson nodes that nobody changes once they are in here.
 */
public final class Document {
  private final PMap<String, PMap<String, ObjectNode>> collections;

  /** Those that were asked for, of this document or one that it came from. */
  private volatile Views views;

  /** Whether entities are handed out as copies. */
  private final boolean lent;

  private Document(PMap<String, PMap<String, ObjectNode>> collections, Views views, boolean lent) {
    this.collections = collections;
    this.views = views;
    this.lent = lent;
  }

  private Document with(PMap<String, PMap<String, ObjectNode>> changed, Views now) {
    return new Document(changed, now, lent);
  }

  /** The document of a room in which nothing has happened. */
  public static Document empty() {
    return new Document(HashTreePMap.empty(), Views.NONE, false);
  }

  /**
   * A document from its JSON form.
   *
   * @throws IllegalArgumentException unless it is an object of objects of objects
   */
  public static Document of(ObjectNode json) {
    return empty().apply(json);
  }

  /** One entity, if it exists. */
  public Optional<ObjectNode> entity(String collection, String id) {
    PMap<String, ObjectNode> entities = collections.get(collection);
    ObjectNode entity = entities == null ? null : entities.get(id);
    return Optional.ofNullable(entity).map(this::handedOut);
  }

  private ObjectNode handedOut(ObjectNode entity) {
    return lent ? entity.deepCopy() : entity;
  }

  /**
   * This document for rules that may change what they are given: they get copies of its entities,
   * and compute views of it for themselves.
   */
  public Document lent() {
    return new Document(collections, Views.NONE, true);
  }

  /** This document with no more than one of its collections. */
  public Document only(String collection) {
    PMap<String, ObjectNode> entities = collections.get(collection);
    return entities == null
        ? empty()
        : with(HashTreePMap.singleton(collection, entities), Views.NONE);
  }

  /** Whether there is a collection of this name, perhaps an empty one. */
  boolean has(String collection) {
    return collections.containsKey(collection);
  }

  /** All entities of a collection by id, in no particular order; empty where there is none. */
  public Map<String, ObjectNode> collection(String name) {
    PMap<String, ObjectNode> entities = collections.get(name);
    if (entities == null) {
      return Map.of();
    }
    return lent ? new Lent(entities) : entities;
  }

  /**
   * A view of this document: computed by the first who asks, then kept up from change to change.
   */
  public <V> V view(View<V> view) {
    Views known = views;
    if (!known.has(view)) {
      known = known.computed(view, lent ? copied() : collections);
      views = known; // a thread that does the same at the same time comes to the same
    }
    return known.get(view);
  }

  /** This document with an entity put in the place of what was there. */
  public Document with(String collection, String id, ObjectNode entity) {
    PMap<String, ObjectNode> entities = collections.get(collection);
    PMap<String, ObjectNode> old = entities == null ? HashTreePMap.empty() : entities;
    Views now = views.changed(collection, id, old.get(id), entity);
    return with(collections.plus(collection, old.plus(id, entity)), now);
  }

  /** This document without an entity. Its collection stays, though it may be empty. */
  public Document without(String collection, String id) {
    PMap<String, ObjectNode> entities = collections.get(collection);
    if (entities == null) {
      return this;
    }
    Views now = views.changed(collection, id, entities.get(id), null);
    return with(collections.plus(collection, entities.minus(id)), now);
  }

  /**
   * RFC 7396 on the whole document.
   *
   * @throws IllegalArgumentException when the result is not an object of objects of objects
   */
  public Document apply(ObjectNode patch) {
    PMap<String, PMap<String, ObjectNode>> result = collections;
    Views now = views;
    for (Map.Entry<String, JsonNode> collection : patch.properties()) {
      String name = collection.getKey();
      if (collection.getValue().isNull()) {
        result = result.minus(name);
        now = Views.NONE; // too rare to be worth keeping them
        continue;
      }
      PMap<String, ObjectNode> old = result.get(name);
      PMap<String, ObjectNode> entities = old == null ? HashTreePMap.empty() : old;
      ObjectNode entityPatches = object(collection.getValue(), name, "");
      for (Map.Entry<String, JsonNode> entity : entityPatches.properties()) {
        String id = entity.getKey();
        ObjectNode before = entities.get(id);
        if (entity.getValue().isNull()) {
          entities = entities.minus(id);
          now = now.changed(name, id, before, null);
        } else {
          JsonNode base = before == null ? JsonNodeFactory.instance.missingNode() : before;
          JsonNode patched = MergePatch.apply(base, object(entity.getValue(), name, id));
          ObjectNode after = object(patched, name, id);
          entities = entities.plus(id, after);
          now = now.changed(name, id, before, after);
        }
      }
      result = result.plus(name, entities);
    }
    return with(result, now);
  }

  /** This document as JSON. The entities in it are shared, not copied. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    collections.forEach((name, entities) -> {
      ObjectNode inner = json.putObject(name);
      entities.forEach((id, entity) -> inner.set(id, handedOut(entity)));
    });
    return json;
  }

  private Map<String, Lent> copied() {
    Map<String, Lent> copied = new HashMap<>();
    collections.forEach((name, entities) -> copied.put(name, new Lent(entities)));
    return copied;
  }

  /** Whether two documents hold the same JSON, numbers compared by value. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Document document && MergePatch.same(toJson(), document.toJson());
  }

  @Override
  public int hashCode() {
    return collections.keySet().hashCode();
  }

  @Override
  public String toString() {
    return toJson().toString();
  }

  private static ObjectNode object(JsonNode value, String collection, String id) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException(
        "A document holds objects; " + collection + "." + id + " is not one.");
  }
}
