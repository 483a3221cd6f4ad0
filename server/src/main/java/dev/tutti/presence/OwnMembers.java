package dev.tutti.presence;

import dev.tutti.relay.RelayMessage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a room whose sessions are on this instance, as the other instances are told of
 * them: what has changed, and all of them now and then. Of more than {@code maxListed}, or of more
 * than {@value #MAX_TOLD_BYTES} bytes, the first are told and all are counted. Owned by the room.
 */
public final class OwnMembers {
  static final int MAX_TOLD_BYTES = 256 * 1024;

  private final Members everyone;
  private final int maxListed;

  /** Those that the others are told of one by one. */
  private final Set<String> shown = new LinkedHashSet<>();

  private final Set<String> counted = new LinkedHashSet<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private int toldCount;
  private boolean whole;

  /** Of what was told last; each telling follows the one before. */
  private long version;

  private final long firstVersion;

  /**
   * Nobody yet.
   *
   * @param everyone holds these members too
   * @param version where counting begins: another one for each time that the room is loaded
   */
  public OwnMembers(Members everyone, int maxListed, long version) {
    this.everyone = everyone;
    this.maxListed = maxListed;
    this.version = version;
    this.firstVersion = version;
  }

  /** Whether there are any. */
  public boolean isEmpty() {
    return count() == 0;
  }

  boolean holds(String session) {
    return shown.contains(session) || counted.contains(session);
  }

  private int count() {
    return shown.size() + counted.size();
  }

  /** A session of this instance has come. */
  public void join(String session) {
    if (shown.size() < maxListed) {
      shown.add(session);
      changed.add(session);
    } else {
      counted.add(session);
    }
  }

  /** It has gone. */
  public void leave(String session) {
    counted.remove(session);
    if (!shown.remove(session)) {
      return;
    }
    changed.add(session);
    var waiting = counted.iterator();
    if (waiting.hasNext()) {
      String next = waiting.next();
      waiting.remove();
      shown.add(next);
      changed.add(next);
    }
  }

  /** It is in another state. */
  public void update(String session) {
    if (shown.contains(session)) {
      changed.add(session);
    }
  }

  /** The next telling is of all. */
  public void tellAll() {
    whole = true;
  }

  /** Whether there is something to tell. */
  public boolean hasNews() {
    return whole || !changed.isEmpty() || toldCount != count();
  }

  /** What the others are to be told now. */
  public RelayMessage.Members news() {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    int bytes = 0;
    for (String session : whole ? shown : changed) {
      ObjectNode member = shown.contains(session) ? everyone.member(session) : null;
      if (member == null) {
        members.putNull(session);
        continue;
      }
      bytes += member.toString().getBytes(StandardCharsets.UTF_8).length;
      if (bytes <= MAX_TOLD_BYTES) {
        members.set(session, member);
      }
    }
    version++;
    var news = new RelayMessage.Members(version, whole, members, count());
    changed.clear();
    whole = false;
    toldCount = count();
    return news;
  }

  /** Nobody is here any more: what the others are to be told of that, if they were told of any. */
  public Optional<RelayMessage.Members> end() {
    boolean nobodyTold = version == firstVersion;
    shown.clear();
    counted.clear();
    tellAll();
    return nobodyTold ? Optional.empty() : Optional.of(news());
  }
}
