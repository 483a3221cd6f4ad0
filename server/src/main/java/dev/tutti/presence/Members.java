package dev.tutti.presence;

import dev.tutti.protocol.MergePatch;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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

  /** All listed ones, made when somebody asks; never changed afterwards, for readers hold it. */
  private @Nullable ObjectNode all;

  private ObjectNode changed = NODES.objectNode();
  private int toldCount;

  /** Those that readers were told of and that have gone since the last tick. */
  private final Map<String, Gone> gone = new HashMap<>();

  /** Those of the changed that readers were told of, as they were at the last tick. */
  private final Map<String, ObjectNode> before = new HashMap<>();

  /**
   * A member as it was when it went.
   *
   * @param untold what had changed of it since the last tick
   */
  private record Gone(ObjectNode member, ObjectNode untold) {}

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
    ObjectNode member = listed.remove(session);
    if (member == null) {
      return;
    }
    all = null;
    before.putIfAbsent(session, member);
    boolean hasChanged = changed.get(session) instanceof ObjectNode;
    gone.put(
        session,
        new Gone(member, hasChanged ? changed.withObjectProperty(session) : NODES.objectNode()));
    changed.putNull(session);
    var waiting = unlisted.entrySet().iterator();
    if (waiting.hasNext()) {
      Map.Entry<String, ObjectNode> next = waiting.next();
      waiting.remove();
      list(next.getKey(), next.getValue());
    }
  }

  /** A member is called something else from now on. */
  public void rename(String session, String name) {
    Map<String, ObjectNode> home = listed.containsKey(session) ? listed : unlisted;
    ObjectNode member = home.get(session);
    if (member != null) {
      replace(home, session, member.deepCopy().put("name", name));
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

  /**
   * The whole member map, which is the same object until somebody listed comes, goes or changes.
   */
  public ServerMessage.Presence all() {
    ObjectNode members = all;
    if (members == null) {
      members = NODES.objectNode();
      listed.forEach(members::set);
      all = members;
    }
    return new ServerMessage.Presence(room, members, count(), true);
  }

  /** Whether there is anything to tell. */
  public boolean hasChanges() {
    return !changed.isEmpty() || toldCount != count();
  }

  /** What has changed since this was last asked. */
  public ServerMessage.Presence takeChanges() {
    before.forEach(this::overwrite);
    var message = new ServerMessage.Presence(room, changed, count(), false);
    changed = NODES.objectNode();
    before.clear();
    gone.clear();
    toldCount = count();
    return message;
  }

  private void replace(Map<String, ObjectNode> home, String session, ObjectNode now) {
    ObjectNode earlier = home.put(session, now);
    if (home == listed && earlier != null) {
      all = null;
      ObjectNode difference = MergePatch.diff(earlier, now);
      if (!difference.isEmpty()) {
        if (!changed.has(session)) {
          before.put(session, earlier);
        }
        // Composed, not applied: a null in it must survive until the readers see it.
        compose(changed.withObjectProperty(session), difference);
      }
    }
  }

  /** Composed changes forget what was inside of a value that went and came back as another. */
  private void overwrite(String session, ObjectNode told) {
    ObjectNode now = listed.get(session);
    if (now != null) {
      compose(changed.withObjectProperty(session), MergePatch.diff(told, now));
    }
  }

  private void list(String session, ObjectNode member) {
    listed.put(session, member);
    all = null;
    ObjectNode told = NODES.objectNode();
    Gone earlier = gone.remove(session);
    if (earlier != null) {
      // Back within one tick: nobody was told that it went, so what it was must be taken back.
      compose(told, earlier.untold());
      compose(told, MergePatch.diff(earlier.member(), member));
    }
    compose(told, member);
    changed.set(session, told);
  }

  private static void compose(ObjectNode earlier, ObjectNode later) {
    later
        .properties()
        .forEach(field -> {
          if (field.getValue() instanceof ObjectNode inner
              && earlier.get(field.getKey()) instanceof ObjectNode outer) {
            compose(outer, inner);
          } else {
            // A copy, because what is composed is changed later, and members are not.
            earlier.set(field.getKey(), field.getValue().deepCopy());
          }
        });
  }
}
