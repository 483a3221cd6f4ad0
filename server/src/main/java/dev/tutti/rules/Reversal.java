package dev.tutti.rules;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.MergePatch;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What it takes to take an event back: the values that were there before. Kept encoded, because
 * there are many and few are ever asked. Immutable, any thread.
 */
public final class Reversal {
  /** Entities whose current state one refusal tells: a question must not cost a whole board. */
  private static final int MAX_TOLD = 50;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final EncodedEvent event;

  /** The inverse of the event's patch, entity by entity, as JSON. */
  private final byte[] back;

  /** Collections that the event made. */
  private final Set<String> made;

  private Reversal(EncodedEvent event, byte[] back, Set<String> made) {
    this.event = event;
    this.back = back;
    this.made = made;
  }

  /**
   * The way back.
   *
   * @param before the document that the event was decided on
   * @param patch the event's
   */
  public static Reversal of(EncodedEvent event, Document before, ObjectNode patch) {
    ObjectNode back = NODES.objectNode();
    Set<String> made = Set.of();
    for (Map.Entry<String, JsonNode> collection : patch.properties()) {
      String name = collection.getKey();
      ObjectNode there = NODES.objectNode();
      if (collection.getValue() instanceof ObjectNode entities) {
        entities
            .propertyNames()
            .forEach(id -> before.entity(name, id).ifPresent(e -> there.set(id, e)));
        back.set(name, MergePatch.inverse(there, entities));
        if (!before.has(name)) {
          made = made.isEmpty() ? new HashSet<>() : made;
          made.add(name);
        }
      } else {
        before.collection(name).forEach(there::set);
        back.set(name, there);
      }
    }
    return new Reversal(event, back.toString().getBytes(StandardCharsets.UTF_8), made);
  }

  /** The event that this takes back. */
  public EncodedEvent event() {
    return event;
  }

  /** What is held in memory for it, beside the event. */
  public int bytes() {
    return back.length;
  }

  /** The document before the event, from the very document behind it. */
  public Document before(Document after) {
    return after.apply(changeOn(after).patchOn(after));
  }

  /** What is so again: each field that the event changed is as it was before. */
  Change changeOn(Document now) {
    Change change = Change.none();
    for (Map.Entry<String, JsonNode> collection : back().properties()) {
      String name = collection.getKey();
      for (Map.Entry<String, JsonNode> entity : collection.getValue().properties()) {
        String id = entity.getKey();
        if (entity.getValue().isNull()) {
          change.remove(name, id);
        } else {
          JsonNode is = now.entity(name, id).<JsonNode>map(e -> e).orElse(NODES.missingNode());
          change.put(name, id, (ObjectNode) MergePatch.apply(is, entity.getValue()));
        }
      }
    }
    made.forEach(change::dropIfEmpty);
    return change;
  }

  /**
   * What is no longer as the event left it, in the shape of a partial document with {@code null}
   * for what is absent; empty when nobody has changed any of it. What the event made as a whole, an
   * entity or an object in one, is compared as a whole, and so is every list.
   */
  Optional<ObjectNode> changedSince(Document now) {
    ObjectNode patch = event.event().patch();
    ObjectNode back = back();
    ObjectNode current = NODES.objectNode();
    int told = 0;
    for (Map.Entry<String, JsonNode> collection : back.properties()) {
      String name = collection.getKey();
      for (Map.Entry<String, JsonNode> entity : collection.getValue().properties()) {
        String id = entity.getKey();
        JsonNode is = now.entity(name, id).orElse(null);
        Optional<JsonNode> found = changed(patch.path(name).get(id), entity.getValue(), is);
        if (found.isPresent() && told < MAX_TOLD) {
          told++;
          current.withObjectProperty(name).set(id, found.get());
        }
      }
    }
    return current.isEmpty() ? Optional.empty() : Optional.of(current);
  }

  /**
   * What is there, where that is not what the event left.
   *
   * @param patch of the event at this place; null or JSON null where it took everything away
   * @param before what the inverse has at this place
   */
  private static Optional<JsonNode> changed(
      @Nullable JsonNode patch, JsonNode before, @Nullable JsonNode is) {
    if (patch instanceof ObjectNode fields
        && before instanceof ObjectNode old
        && is instanceof ObjectNode object) {
      ObjectNode found = NODES.objectNode();
      for (Map.Entry<String, JsonNode> field : old.properties()) {
        String name = field.getKey();
        changed(fields.get(name), field.getValue(), object.get(name))
            .ifPresent(value -> found.set(name, value));
      }
      return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
    boolean same;
    if (patch == null || patch.isNull()) {
      same = is == null;
    } else if (before instanceof ObjectNode && patch instanceof ObjectNode) {
      same = false; // an object was here, and its fields were changed; now there is none
    } else {
      same = is != null && MergePatch.same(is, MergePatch.apply(NODES.missingNode(), patch));
    }
    return same ? Optional.empty() : Optional.of(is == null ? NODES.nullNode() : is);
  }

  private ObjectNode back() {
    return EncodedEvent.patch(new String(back, StandardCharsets.UTF_8));
  }
}
