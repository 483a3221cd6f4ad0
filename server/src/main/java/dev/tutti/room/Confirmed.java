package dev.tutti.room;

import dev.tutti.protocol.Limits;
import dev.tutti.protocol.RoomName;
import dev.tutti.rules.Document;

/**
 * What this instance holds of a room: the replica, in which life of the journal it is confirmed,
 * and what is known to be missing. Owned by the room's thread.
 */
final class Confirmed {
  private final RoomName name;
  private final Limits limits;
  private Replica replica;
  private String epoch = "";

  /** The room's id in the journal; 0 until it exists there. */
  private long id;

  /** The highest {@code seq} that anybody has spoken of. */
  private long heardOf;

  /** True when the journal's epoch is no longer ours. */
  private boolean stale;

  /** True when the journal has let go of events that follow the last one held. */
  private boolean cutOff;

  /** How what was loaded goes on with what was held. */
  enum Sequel {
    /** From where it was. */
    NEXT,
    /** Behind events that nobody can be shown any more. */
    FURTHER_ON,
    /** Not at all: the journal has begun another life. */
    ANOTHER_LIFE
  }

  Confirmed(RoomName name, Limits limits) {
    this.name = name;
    this.limits = limits;
    this.replica = new Replica(Document.empty(), 0, limits);
  }

  RoomName name() {
    return name;
  }

  /** Another one after each loading. */
  Replica replica() {
    return replica;
  }

  /** The last event that the document holds. */
  long seq() {
    return replica.seq();
  }

  /** The journal's life that this is of; empty until loaded. */
  String epoch() {
    return epoch;
  }

  /** The room's id in the journal; 0 until it exists there. */
  long id() {
    return id;
  }

  /** The room is in the journal under this id. */
  void found(long id) {
    this.id = id;
  }

  /** Takes what was read. */
  Sequel load(Loaded loaded) {
    boolean reset = !epoch.isEmpty() && (stale || !epoch.equals(loaded.epoch()));
    boolean skips = cutOff;
    stale = false;
    cutOff = false;
    epoch = loaded.epoch();
    id = loaded.id();
    replica = loaded.replica(limits);
    if (reset) {
      heardOf = replica.seq();
      return Sequel.ANOTHER_LIFE;
    }
    return skips ? Sequel.FURTHER_ON : Sequel.NEXT;
  }

  long heardOf() {
    return heardOf;
  }

  /** Somebody says that the room's head is at least {@code seq}. */
  void hear(long seq) {
    heardOf = Math.max(heardOf, seq);
  }

  /** What was looked up for refusals tells of the room too. */
  void learn(Standing standing) {
    if (id == 0) {
      id = standing.room();
    }
    hear(standing.reach());
  }

  /** Whoever spoke of more than this was wrong. */
  void nothingMore() {
    heardOf = replica.seq();
  }

  /** Whether somebody has spoken of an event that is not held. */
  boolean isBehind() {
    return heardOf > replica.seq();
  }

  /** The journal's life is {@code now}; if it is not ours, everything held is void. */
  void compare(String now) {
    stale |= !now.equals(epoch);
  }

  /** Whether this is of a life of the journal that has ended. */
  boolean isStale() {
    return stale;
  }

  /** The journal has let go of what follows. */
  void cutOff() {
    cutOff = true;
  }

  /** Whether reading on does not help, only loading. */
  boolean isVoid() {
    return stale || cutOff;
  }
}
