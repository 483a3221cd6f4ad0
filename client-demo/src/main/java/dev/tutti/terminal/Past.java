package dev.tutti.terminal;

import dev.tutti.protocol.Event;
import dev.tutti.protocol.MergePatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages beyond those that the document keeps, made of events that are read backwards: what was
 * edited or deleted after it was posted is seen before it is. One page of {@code /history} at a
 * time; used by one thread at a time.
 */
final class Past {
  /** What has changed since in messages whose post was not come to, oldest change first. */
  private final Map<String, Deque<JsonNode>> later = new HashMap<>();

  /** Deleted when the document had let go of them. */
  private final Set<String> buried = new HashSet<>();

  /**
   * Takes events that are older than all before.
   *
   * @param events ascending
   * @param number messages from this one on are shown already
   * @param removed what the document names as deleted by now
   * @return the messages that were posted in them, as they are now, by id
   */
  ObjectNode take(List<Event> events, long number, JsonNode removed) {
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    buried.addAll(removed.propertyNames());
    for (Event event : events.reversed()) {
      buried.addAll(event.patch().path("removed").propertyNames());
      event
          .patch()
          .path("messages")
          .forEachEntry((id, change) -> {
            if (change.isNull() || buried.contains(id)) {
              return; // The document let go of it, or somebody has deleted it since.
            }
            if (!change.has("n")) {
              later.computeIfAbsent(id, key -> new ArrayDeque<>()).addFirst(change);
            } else if (change.path("n").asLong() < number) {
              found.set(id, withChanges(id, change));
            }
          });
    }
    return found;
  }

  private JsonNode withChanges(String id, JsonNode posted) {
    Deque<JsonNode> changes = later.remove(id);
    JsonNode message = posted;
    if (changes != null) {
      for (JsonNode change : changes) {
        message = MergePatch.apply(message, change);
      }
    }
    return message;
  }
}
