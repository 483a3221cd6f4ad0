package dev.tutti.room;

import dev.tutti.relay.InstanceId;
import dev.tutti.relay.Relay;
import dev.tutti.relay.RelayMessage.AsksForTurn;
import dev.tutti.relay.RelayMessage.Turn;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to append while several instances write to one room. Without turns they append
 * at the same moment, one wins, and the work of the others was for nothing, again and again.
 *
 * <pre>
 *   FREE   -- an append loses, and others write, too --> WAITS   asks for a turn
 *   FREE   -- another's append is heard before that ---> WAITS   asks for a turn
 *   FREE   -- another is given the turn ---------------> TAKEN
 *   TAKEN  -- there is something to append ------------> WAITS   asks for a turn
 *   TAKEN  -- another appends, and nobody waits -------> FREE
 *   TAKEN  -- a while without a word ------------------> FREE
 *   WAITS  -- the turn is ours ------------------------> FREE
 *   FREE   -- ours, and another appended meanwhile ----> WAITS   asks for a turn, and for longer
 *   WAITS  -- a while without a word, or 4 s ----------> FREE    behind: the journal is read first
 * </pre>
 *
 * <p>Whoever has appended last holds the turn, and gives it to the one who has asked first: behind
 * its next append, or at once when it has nothing to append. Everyone hears who asks, and how long
 * it needs: as long as its own rounds take, and its thread for what it has heard already, twice;
 * and twice that again for each turn that it came too late for ({@link Patience}). All of this is
 * only courtesy: a word may be lost, or come twice, and whoever appends out of turn does no harm,
 * because the journal takes only one. Owned by the room's thread.
 */
final class Turns {
  /** How long a turn is waited for at most, whatever is heard. */
  private static final int LIMIT_MILLIS = 4_000;

  /** How long another instance that has written is taken to be writing still. */
  private static final int LATELY_MILLIS = 1_000;

  /** Instances that wait; one more is not remembered, and appends when its patience ends. */
  private static final int MAX_WAITING = 64;

  /** Commands that are worth an append of their own in the same turn. */
  private static final int MANY = 100;

  /** Appends in one turn at most. */
  private static final int MAX_APPENDS = 4;

  /** Doublings of what we say that we need. */
  private static final int MAX_MISSED = 6;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final Confirmed held;
  private final RoomContext context;
  private final Home home;
  private final Runnable free;
  private final Relay relay;
  private final Patience patience = new Patience();
  private final SequencedSet<InstanceId> waiting = new LinkedHashSet<>();

  /** True when the last append was ours, or the turn was given to us, and we have not given it. */
  private boolean holding;

  /** True when the turn was given to us, and we have not begun anything in it. */
  private boolean given;

  /** Turns of ours, one after the other, that were over before we came to them. */
  private int missed;

  /** How long our thread took to come to what was last handed to it. */
  private long lagMillis;

  /** What we last said that we need. */
  private long saidMillis;

  /** Appends of ours since another one's. */
  private int appends;

  /** True while there is something to append and it is not our turn. */
  private boolean waits;

  /** True when an append has lost and the journal was not read since. */
  private boolean hasLost;

  /** Since when another has the turn, or is taken to have it; {@link #NEVER} when nobody has. */
  private long takenMillis = NEVER;

  /** Whose turn that is, until it has appended or missed it; null where nobody was named. */
  private @Nullable InstanceId turnOf;

  private long waitsSinceMillis;

  private long beganMillis;

  /** Tells one wait from the next, for the clock's sake. */
  private long wait;

  /** When another instance was last heard to write. */
  private long heardMillis = NEVER;

  /** The room's head when an append lost. */
  private long lostAt;

  /**
   * The turns of one room.
   *
   * @param free called when a turn was waited for and the room may append
   */
  Turns(Confirmed held, Home home, RoomContext context, Runnable free) {
    this.held = held;
    this.context = context;
    this.home = home;
    this.free = free;
    this.relay = context.relay();
  }

  /** Whether there may be an append now. If not, {@code free} is called when there may. */
  boolean mine() {
    if (!isTaken(context.millis())) {
      return true;
    }
    comeNext();
    return false;
  }

  private void comeNext() {
    if (!waits) {
      waits = true;
      wait++;
      waitsSinceMillis = context.millis();
      context.counts().waits().increment();
      ask();
    }
  }

  /** A round of ours begins. */
  void began() {
    beganMillis = context.millis();
    given = false;
  }

  private void ended() {
    patience.appended(context.millis() - beganMillis);
  }

  private long needsMillis() {
    return (lagMillis + patience.ownMillis()) << Math.min(missed + 1, MAX_MISSED);
  }

  private void say() {
    saidMillis = needsMillis();
    relay.publish(held.name(), new AsksForTurn(held.seq(), saidMillis));
  }

  /** Finds out how far behind our thread is. */
  private void probe() {
    long since = context.millis();
    home.execute(() -> {
      lagMillis = Math.max(0, context.millis() - since);
      if (waits && needsMillis() > 2 * saidMillis) {
        say();
      }
    });
  }

  private int patienceMillis(long now) {
    InstanceId of = turnOf;
    return of == null ? patience.millis() : patience.millis(of, now);
  }

  /** A clock that was set back frees the turn, too. */
  private boolean isTaken(long now) {
    return now - takenMillis >= 0 && now - takenMillis < patienceMillis(now);
  }

  private void ask() {
    say();
    probe();
    long now = context.millis();
    long of = wait;
    home.later(Math.max(1, patienceMillis(now) - Math.max(0, now - takenMillis)), () -> look(of));
  }

  private void look(long of) {
    if (!waits || of != wait) {
      return;
    }
    long now = context.millis();
    long waited = now - waitsSinceMillis;
    if (isTaken(now) && waited >= 0 && waited < LIMIT_MILLIS) {
      // The others go on; the first question may have been lost.
      ask();
      return;
    }
    waits = false;
    takenMillis = NEVER;
    missed(now);
    if (hasLost) {
      // Somebody has appended, and nothing was heard of it.
      held.hear(lostAt + 1);
    }
    free.run();
  }

  /**
   * An append of ours that was for the head {@code after} has lost.
   *
   * @return true when the others will be heard of, so that the journal need not be asked
   */
  boolean lost(long after) {
    ended();
    long now = context.millis();
    boolean again = hasLost;
    holding = given;
    hasLost = false;
    long ago = now - heardMillis;
    if (again || !relay.connected() || ago < 0 || ago >= LATELY_MILLIS) {
      return false;
    }
    hasLost = true;
    lostAt = after;
    if (!given) {
      takenMillis = now;
    }
    return true;
  }

  /**
   * An append of ours has won, and the others were told of its events.
   *
   * @param appended events of it
   * @param waiting commands that came meanwhile: where they are many, and as many again, more comes
   *     than one append a turn can hold. The turn is kept for a few, because the next one can
   *     decide only behind everything that it has heard.
   */
  void won(int appended, int waiting) {
    ended();
    missed = 0;
    holding = true;
    hasLost = false;
    waits = false;
    takenMillis = NEVER;
    appends = Math.min(appends + 1, MAX_APPENDS);
    if (waiting < Math.max(appended, MANY) || appends == MAX_APPENDS) {
      give();
    }
  }

  /** Gives the turn to whoever has asked first, if it is ours to give. */
  void give() {
    given = false;
    if (holding && !waiting.isEmpty()) {
      InstanceId next = waiting.removeFirst();
      holding = false;
      appends = 0;
      taken(next, context.millis());
      relay.publish(held.name(), new Turn(held.epoch(), held.seq(), next));
    }
  }

  /** Another instance waits for its turn. */
  void asked(InstanceId by, long needsMillis) {
    heardMillis = context.millis();
    patience.asked(by, needsMillis);
    enqueue(by);
  }

  private void enqueue(InstanceId instance) {
    if (waiting.size() < MAX_WAITING) {
      waiting.add(instance);
    }
  }

  /** The turn was given; {@code free} is called if that is to us. */
  void given(InstanceId to) {
    heardMillis = context.millis();
    waiting.remove(to);
    holding = to.equals(relay.instance());
    given = holding;
    if (holding) {
      turnOf = null;
      takenMillis = NEVER;
      waits = false;
      free.run();
    } else {
      taken(to, heardMillis);
    }
  }

  private void taken(InstanceId by, long now) {
    turnOf = by;
    takenMillis = now;
  }

  /** Whoever had the turn, if anybody, has not appended in it. */
  private void missed(long now) {
    InstanceId of = turnOf;
    if (of != null) {
      turnOf = null;
      if (patience.missed(of, now)) {
        enqueue(of);
      }
    }
  }

  /**
   * Another instance has appended.
   *
   * @param before an append of ours, which has lost by that, whenever we hear of it
   */
  void appended(InstanceId by, boolean before) {
    heardMillis = context.millis();
    boolean late = given || before;
    boolean taken = isTaken(heardMillis);
    holding = false;
    appends = 0;
    waiting.remove(by);
    if (by.equals(turnOf)) {
      patience.kept(by);
      turnOf = null;
    } else {
      missed(heardMillis);
    }
    if (before) {
      ended();
    } else if (given) {
      given = false;
      missed++;
    }
    if (late) {
      // What else they have appended we shall know only later, and then it is too late to ask.
      takenMillis = heardMillis;
      comeNext();
    } else if (!waits && waiting.isEmpty()) {
      // Nobody is next. Asking for every append would cost more than the few that lose without.
      takenMillis = NEVER;
    } else if (taken) {
      takenMillis = heardMillis;
    }
  }
}
