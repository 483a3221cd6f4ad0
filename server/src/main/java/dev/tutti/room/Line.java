package dev.tutti.room;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commands that wait to be decided, in order. Where their rules say that only the latest
 * matters ({@link dev.tutti.rules.Conflation}), it takes the place of the others of the same user
 * that were never drawn; and it is held back until the one that was drawn is answered and the pace
 * allows it. Owned by the room's thread.
 */
final class Line {
  /** What the commands have in common of which the latest matters. */
  private record Slot(String user, String key) {}

  private record Rest(long untilMillis, Slot slot) {}

  private final LinkedHashSet<Pending> waiting = new LinkedHashSet<>();

  /**
   * Of each slot, the latest, which one that is later yet may replace: it waits or is held back.
   */
  private final Map<Slot, Pending> latest = new HashMap<>();

  /** Of each slot that is being decided or rests, the one that is held back. */
  private final Map<Slot, Pending> held = new HashMap<>();

  /**
   * Of each slot, the one that was drawn and is not answered: one that it replaced may have to be
   * decided after all, and that must be before any later one.
   */
  private final Map<Slot, Pending> deciding = new HashMap<>();

  /** Slots of which one was drawn so lately that the next has to wait; each is once in rests. */
  private final Set<Slot> resting = new HashSet<>();

  private final PriorityQueue<Rest> rests =
      new PriorityQueue<>(Comparator.comparingLong(Rest::untilMillis));

  /** True from when nobody is to wait any more. */
  private boolean hurried;

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  /** What waits now, in order. */
  List<Pending> waiting() {
    return List.copyOf(waiting);
  }

  /** Adds a command at the end, perhaps in the place of others, unless one has its place. */
  void add(Pending pending) {
    Slot slot = slot(pending);
    if (slot == null || pending.isDoubtful()) {
      waiting.add(pending);
      return;
    }
    Pending other = latest.get(slot);
    if (other != null && other.order() > pending.order()) {
      other.replaces(pending);
      return;
    }
    if (other != null) {
      waiting.remove(other);
      pending.replaces(other);
    }
    latest.put(slot, pending);
    held.put(slot, pending);
    release(slot);
  }

  /** The commands of the next round. */
  List<Pending> draw(int max, long nowMillis) {
    wake(nowMillis);
    List<Pending> round = new ArrayList<>(Math.min(max, waiting.size()));
    while (round.size() < max && !waiting.isEmpty()) {
      Pending pending = waiting.removeFirst();
      round.add(pending);
      Slot slot = slot(pending);
      if (slot != null && latest.remove(slot, pending)) {
        deciding.put(slot, pending);
        int paceMillis = pending.proposal().conflation().orElseThrow().paceMillis();
        if (paceMillis > 0 && !hurried && resting.add(slot)) {
          rests.add(new Rest(nowMillis + paceMillis, slot));
        }
      }
    }
    return round;
  }

  /** Puts a command back before all others. It may be in the journal, so nothing replaces it. */
  void addFirst(Pending pending) {
    waiting.addFirst(pending);
  }

  /**
   * A command is answered, wherever it stands: it leaves the line. One that it had replaced is to
   * be decided before all others.
   */
  void answered(Pending pending, Optional<Pending> instead) {
    waiting.remove(pending);
    instead.ifPresent(waiting::addFirst);
    Slot slot = slot(pending);
    if (slot == null) {
      return;
    }
    latest.remove(slot, pending);
    held.remove(slot, pending);
    if (deciding.remove(slot, pending)) {
      instead.ifPresent(next -> deciding.put(slot, next));
      release(slot);
    }
  }

  /** Lets those join the line that were held back for long enough. */
  void wake(long nowMillis) {
    while (!rests.isEmpty() && rests.peek().untilMillis() <= nowMillis) {
      Slot slot = rests.poll().slot();
      resting.remove(slot);
      release(slot);
    }
  }

  /** When {@link #wake} has something to do for a command; {@link Long#MAX_VALUE} for never. */
  long wakeAtMillis() {
    return held.isEmpty() || rests.isEmpty() ? Long.MAX_VALUE : rests.peek().untilMillis();
  }

  /** Holds nobody back any more. */
  void hurry() {
    hurried = true;
    wake(Long.MAX_VALUE);
  }

  private void release(Slot slot) {
    if (!deciding.containsKey(slot) && !resting.contains(slot)) {
      Pending pending = held.remove(slot);
      if (pending != null) {
        waiting.add(pending);
      }
    }
  }

  private static @Nullable Slot slot(Pending pending) {
    Proposal proposal = pending.proposal();
    return proposal
        .conflation()
        .map(conflation -> new Slot(proposal.by().user(), conflation.key()))
        .orElse(null);
  }
}
