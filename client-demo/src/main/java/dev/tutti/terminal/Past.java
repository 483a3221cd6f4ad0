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
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages beyond those that the document keeps, made of events that are read backwards: what was
 * edited or deleted after it was posted is seen before it is, or heard of while the reading goes
 * on. Used by one thread at a time.
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
   * @param found messages by id: gets those that were posted in the events, and what is in it
   *     already is brought to what it is now
   */
  void take(List<Event> events, long number, ObjectNode found) {
    found.remove(buried);
    Set.copyOf(found.propertyNames()).forEach(id -> found.set(id, withChanges(id, found.path(id))));
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
  }

  /**
   * Something happens now.
   *
   * @param isShown which messages are shown already, so that what happens to them is told elsewhere
   */
  void heard(Event event, Predicate<String> isShown) {
    buried.addAll(event.patch().path("removed").propertyNames());
    event
        .patch()
        .path("messages")
        .forEachEntry((id, change) -> {
          if (!change.isNull() && !change.has("n") && !isShown.test(id)) {
            later.computeIfAbsent(id, key -> new ArrayDeque<>()).addLast(change);
          }
        });
  }

  /** Events were missed: it has to be read again, from the last one on. */
  void forget() {
    later.clear();
    buried.clear();
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
