package dev.tutti.presence;

import dev.tutti.relay.Delivery;
import dev.tutti.relay.InstanceId;
import dev.tutti.relay.RelayMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a room on other instances, as each tells of its own. Messages may be lost,
 * repeated or reordered: one that is not later than the last of its sender says nothing, and a
 * change from later than the last version says only that something was missed. Who has been silent
 * for {@value #SILENT_MILLIS} ms has no members any more. Owned by the room.
 */
public final class MembersElsewhere {
  /** Three times as long as between two whole lists. */
  public static final int SILENT_MILLIS = 15_000;

  /** How long an instance is remembered that is silent: no message of it comes later than that. */
  private static final int FORGOTTEN_MILLIS = 600_000;

  /** Instances of one room; what further ones tell is not heard. */
  private static final int MAX_INSTANCES = 256;

  private static final class Told {
    long number = -1;
    long signalNumber = -1;
    long version;

    /** Whether a list is held that changes may follow. */
    boolean listed;

    long heardMillis;
    int count;
    final Set<String> sessions = new HashSet<>();
  }

  private final Members everyone;
  private final OwnMembers own;
  private final Map<InstanceId, Told> instances = new HashMap<>();

  /** Nobody is known yet; {@code everyone} is told of who comes and goes. */
  public MembersElsewhere(Members everyone, OwnMembers own) {
    this.everyone = everyone;
    this.own = own;
  }

  /**
   * An instance tells of its members.
   *
   * @return false when something before it was missed, so that everyone should be asked
   */
  public boolean heard(Delivery delivery, RelayMessage.Members news, long nowMillis) {
    Told told = told(delivery.from(), nowMillis);
    if (told == null || delivery.number() <= told.number) {
      return true;
    }
    told.number = delivery.number();
    told.heardMillis = nowMillis;
    boolean follows = news.follows() <= told.version && told.version < news.version();
    if (!news.whole() && !(told.listed && follows)) {
      told.listed = false;
      return false;
    }
    told.version = news.version();
    told.listed = true;
    if (news.whole()) {
      for (String session : Set.copyOf(told.sessions)) {
        if (!news.members().has(session)) {
          remove(told, session);
        }
      }
    }
    news.members()
        .properties()
        .forEach(entry -> {
          if (entry.getValue() instanceof ObjectNode member) {
            put(told, entry.getKey(), member);
          } else {
            remove(told, entry.getKey());
          }
        });
    told.count = news.count();
    recount();
    return true;
  }

  /** Whether signals of an instance are later than those that it sent before. */
  public boolean heardSignals(Delivery delivery, long nowMillis) {
    Told told = told(delivery.from(), nowMillis);
    if (told == null || delivery.number() <= told.signalNumber) {
      return false;
    }
    told.signalNumber = delivery.number();
    return true;
  }

  /** Lets go of the members of instances that have said nothing for too long. */
  public void forgetSilent(long nowMillis) {
    boolean any = false;
    for (Told told : instances.values()) {
      boolean holds = told.listed || told.count > 0 || !told.sessions.isEmpty();
      if (holds && nowMillis - told.heardMillis > SILENT_MILLIS) {
        Set.copyOf(told.sessions).forEach(session -> remove(told, session));
        told.count = 0;
        told.listed = false;
        any = true;
      }
    }
    instances.values().removeIf(told -> nowMillis - told.heardMillis > FORGOTTEN_MILLIS);
    if (any) {
      recount();
    }
  }

  private @Nullable Told told(InstanceId from, long nowMillis) {
    Told known = instances.get(from);
    if (known == null && instances.size() < MAX_INSTANCES) {
      known = new Told();
      known.heardMillis = nowMillis;
      instances.put(from, known);
    }
    return known;
  }

  private void put(Told told, String session, ObjectNode member) {
    if (!own.holds(session)) {
      told.sessions.add(session);
      everyone.put(session, member);
    }
  }

  private void remove(Told told, String session) {
    if (told.sessions.remove(session)) {
      everyone.leave(session);
    }
  }

  private void recount() {
    long unlisted = 0;
    for (Told told : instances.values()) {
      unlisted += Math.max(0, told.count - told.sessions.size());
    }
    everyone.countedElsewhere((int) Math.min(unlisted, Integer.MAX_VALUE / 2));
  }
}
