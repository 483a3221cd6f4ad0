package dev.tutti.relay;

import dev.tutti.protocol.EncodedEvent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one instance tells the others of a room. A new kind is a record here and a line in {@link
 * MessageKind}; instances that do not know it yet ignore it. A record refuses what it cannot hold,
 * missing fields too, with an exception: it is made from what comes over the network.
 */
public sealed interface RelayMessage {
  /**
   * Events that are in the journal.
   *
   * @param epoch the journal's life that they belong to
   * @param events consecutive, at least one
   */
  record Events(String epoch, List<EncodedEvent> events) implements RelayMessage {
    /**
     * @throws IllegalArgumentException when there are none, or not consecutive
     */
    public Events {
      events = List.copyOf(events);
      if (events.isEmpty()) {
        throw new IllegalArgumentException("No events.");
      }
      for (int i = 1; i < events.size(); i++) {
        if (events.get(i).seq() != events.getFirst().seq() + i) {
          throw new IllegalArgumentException("Events that are not consecutive.");
        }
      }
    }
  }

  /**
   * The room's head is at least here, in this life of the journal: for events that are not told
   * themselves, because they are too large or too many.
   */
  record Head(String epoch, long seq) implements RelayMessage {
    public Head {
      Objects.requireNonNull(epoch, "epoch");
    }
  }

  /**
   * The sender's own members of the room, at most {@value #MAX_MEMBERS} by name: all of them, or
   * what has changed since an earlier version.
   *
   * @param version one more than that of the message before
   * @param since the version that a change is of; null for the one before this
   * @param members by session: {@code user}, {@code name} and {@code state}. In a change, null is
   *     one who left
   * @param count of all members of the sender, named or not
   */
  record Members(long version, @Nullable Long since, boolean whole, ObjectNode members, int count)
      implements RelayMessage {
    /** What no instance exceeds, whatever its settings. */
    static final int MAX_MEMBERS = 200_000;

    /** All of them, or what has changed since the message before. */
    public Members(long version, boolean whole, ObjectNode members, int count) {
      this(version, null, whole, members, count);
    }

    public Members {
      if (count < 0 || members.size() > MAX_MEMBERS) {
        throw new IllegalArgumentException("Members that cannot be.");
      }
      members
          .values()
          .forEach(member -> {
            boolean one =
                member.path("user").isString()
                    && member.path("name").isString()
                    && member.path("state").isObject();
            if (!one && !(member.isNull() && !whole)) {
              throw new IllegalArgumentException("A member that is none.");
            }
          });
    }

    /** The version that a change is of: what happened between it and this one is in here. */
    public long follows() {
      return since == null ? version - 1 : since;
    }
  }

  /**
   * Asks every other instance for all of its members: the sender has just opened the room, or has
   * missed something.
   *
   * @param loaded when the sender opened the room, in millis since 1970; for people who look on
   */
  record WhoIsThere(long loaded) implements RelayMessage {}

  /**
   * The sender has something to append to the room, and lets others go first.
   *
   * @param head of the room, as far as the sender knows; for people who look on
   * @param needs how many millis it may take, by what it knows of itself, from being given the turn
   *     until the others hear that it has appended; null from an instance that does not know
   */
  record AsksForTurn(long head, @Nullable Long needs) implements RelayMessage {
    /** The same, 0 where that was not said. */
    public long needsMillis() {
      return needs == null ? 0 : Math.max(0, needs);
    }
  }

  /**
   * The sender, who has appended to the room last, lets one of those append next who have asked.
   *
   * @param seq the room's head by then, in this life of the journal
   */
  record Turn(String epoch, long seq, InstanceId next) implements RelayMessage {
    public Turn {
      Objects.requireNonNull(epoch, "epoch");
      Objects.requireNonNull(next, "next");
    }
  }

  /** What members of the sender have said in passing. */
  record Signals(List<Signal> signals) implements RelayMessage {
    /** Of one message. */
    public static final int MAX_SIGNALS = 1_000;

    public Signals {
      signals = List.copyOf(signals);
      if (signals.size() > MAX_SIGNALS) {
        throw new IllegalArgumentException("Too many signals.");
      }
    }

    /** One of them. */
    public record Signal(String from, String topic, ObjectNode data) {
      public Signal {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(data, "data");
      }
    }
  }
}
