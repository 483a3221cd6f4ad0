package dev.tutti.presence;

import dev.tutti.protocol.MergePatch;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of one room by session, and what has changed since the last tick. In a room with more
 * than {@code maxListed} members the first ones are listed and all are counted.
 */
public final class Members {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final RoomName room;
  private final int maxListed;
  private final Map<String, ObjectNode> listed = new LinkedHashMap<>();
  private final Map<String, ObjectNode> unlisted = new LinkedHashMap<>();
  private ObjectNode changed = NODES.objectNode();
  private int toldCount;

  /** Members of other instances that are neither listed nor unlisted here, only counted. */
  private int elsewhere;

  /** Nobody is in the room yet. */
  public Members(RoomName room, int maxListed) {
    this.room = room;
    this.maxListed = maxListed;
  }

  /** A session has come. */
  public void join(String session, String user, String name) {
    ObjectNode member = NODES.objectNode().put("user", user).put("name", name);
    member.putObject("state");
    if (listed.size() < maxListed) {
      list(session, member);
    } else {
      unlisted.put(session, member);
    }
  }

  /** A member of another instance has come, or is in another state. */
  void put(String session, ObjectNode member) {
    if (listed.containsKey(session)) {
      replace(listed, session, member);
    } else if (unlisted.containsKey(session)) {
      unlisted.put(session, member);
    } else if (listed.size() < maxListed) {
      list(session, member);
    } else {
      unlisted.put(session, member);
    }
  }

  /** How many there are on other instances that those have only counted. */
  void countedElsewhere(int members) {
    elsewhere = members;
  }

  /** What is known of a member; null when there is none. Never changed afterwards. */
  @Nullable ObjectNode member(String session) {
    ObjectNode member = listed.get(session);
    return member == null ? unlisted.get(session) : member;
  }

  /** A session has gone. */
  public void leave(String session) {
    unlisted.remove(session);
    if (listed.remove(session) == null) {
      return;
    }
    changed.putNull(session);
    var waiting = unlisted.entrySet().iterator();
    if (waiting.hasNext()) {
      Map.Entry<String, ObjectNode> next = waiting.next();
      waiting.remove();
      list(next.getKey(), next.getValue());
    }
  }

  /**
   * A member changes its own state.
   *
   * @param patch RFC 7396 over its state
   * @return the state's size in bytes if it is over {@code maxBytes}; then nothing has changed
   */
  public Optional<Integer> update(String session, ObjectNode patch, int maxBytes) {
    Map<String, ObjectNode> home = listed.containsKey(session) ? listed : unlisted;
    ObjectNode member = home.get(session);
    if (member == null) {
      return Optional.empty();
    }
    ObjectNode state = (ObjectNode) MergePatch.apply(member.path("state"), patch);
    int bytes = state.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > maxBytes) {
      return Optional.of(bytes);
    }
    ObjectNode now = NODES.objectNode();
    now.setAll(member);
    now.set("state", state);
    replace(home, session, now);
    return Optional.empty();
  }

  /** How many there are, listed or not. */
  public int count() {
    return listed.size() + unlisted.size() + elsewhere;
  }

  /** The whole member map. */
  public ServerMessage.Presence all() {
    ObjectNode members = NODES.objectNode();
    listed.forEach(members::set);
    return new ServerMessage.Presence(room, members, count(), true);
  }

  /** Whether there is anything to tell. */
  public boolean hasChanges() {
    return !changed.isEmpty() || toldCount != count();
  }

  /** What has changed since this was last asked. */
  public ServerMessage.Presence takeChanges() {
    var message = new ServerMessage.Presence(room, changed, count(), false);
    changed = NODES.objectNode();
    toldCount = count();
    return message;
  }

  private void replace(Map<String, ObjectNode> home, String session, ObjectNode now) {
    ObjectNode before = home.put(session, now);
    if (home == listed && before != null) {
      ObjectNode difference = MergePatch.diff(before, now);
      if (!difference.isEmpty()) {
        // Composed, not applied: a null in it must survive until the readers see it.
        compose(changed.withObjectProperty(session), difference);
      }
    }
  }

  private void list(String session, ObjectNode member) {
    listed.put(session, member);
    changed.set(session, member.deepCopy());
  }

  private static void compose(ObjectNode earlier, ObjectNode later) {
    later
        .properties()
        .forEach(field -> {
          if (field.getValue() instanceof ObjectNode inner
              && earlier.get(field.getKey()) instanceof ObjectNode outer) {
            compose(outer, inner);
          } else {
            earlier.set(field.getKey(), field.getValue());
          }
        });
  }
}
