package dev.tutti.room;

import dev.tutti.journal.Journal.KnownKey;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The commands that are open in one room, from arrival to answer: each is answered exactly once,
 * and an acceptance not before this instance has reached its event. Owned by the room's thread.
 */
final class Desk {
  /** What a sender is told to wait when the room's queue is full. */
  private static final int RETRY_MILLIS = 500;

  /** Keys of replaced commands that are remembered. */
  private static final int MAX_REPLACED_KEYS = 4_096;

  private record Ahead(Pending pending, KnownKey known) {}

  private final Limits limits;

  /** Every open command: waiting, being appended, being looked up, or accepted further on. */
  private final Map<UUID, Pending> open = new HashMap<>();

  /** The open commands that are to be decided next. */
  private final Line line = new Line();

  /**
   * The last commands whose place another took, and the event of that one: what is not in the
   * journal under its own key has its answer here when it is sent again.
   */
  private final Map<UUID, KnownKey> replaced = new LinkedHashMap<>();

  /** Accepted at a {@code seq} that this instance has not reached. */
  private final TreeMap<Long, Ahead> ahead = new TreeMap<>();

  /**
   * Commands that are not open any more, and the head that an append of theirs was for whose
   * outcome is unknown: sent again, they are still in doubt. Let go of when the room has moved on.
   */
  private final Map<UUID, Long> doubts = new HashMap<>();

  /** The last one that settles what is in doubt; may be done long since. */
  private @Nullable Pending settling;

  /** Somebody waits for the desk to be empty. */
  private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);

  Desk(Limits limits) {
    this.limits = limits;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  boolean hasWaiting() {
    return !line.isEmpty();
  }

  /** Commands that are to be decided next. */
  int waiting() {
    return line.size();
  }

  boolean holds(Pending pending) {
    return open.get(pending.proposal().key()) == pending;
  }

  /** Takes a command; says whether it waits to be decided. If not, it was answered or joined. */
  boolean take(Proposal proposal, Reply reply, long nowMillis) {
    Pending same = open.get(proposal.key());
    if (same != null) {
      if (same.proposal().digest() == proposal.digest()) {
        same.alsoTell(reply);
      } else {
        reply.outcome(keyReused());
      }
      return false;
    }
    KnownKey stoodIn = replaced.get(proposal.key());
    if (stoodIn != null) {
      reply.outcome(known(proposal, stoodIn));
      return false;
    }
    if (open.size() >= limits.maxRoomQueue()) {
      ObjectNode details = JsonNodeFactory.instance.objectNode();
      details.put("retryAfterMillis", RETRY_MILLIS);
      reply.outcome(
          new Outcome.Refused(
              Code.TOO_FAST,
              "This room has more commands waiting than it takes. Send it again in a moment.",
              Optional.of(details)));
      return false;
    }
    Pending pending = new Pending(proposal, reply, nowMillis);
    Long doubt = doubts.get(proposal.key());
    if (doubt != null) {
      pending.doubt(doubt);
    }
    open.put(proposal.key(), pending);
    line.wake(nowMillis);
    line.add(pending);
    return true;
  }

  /** The commands of the next round. */
  List<Pending> next(int max, long nowMillis) {
    return line.draw(max, nowMillis);
  }

  /** Lets commands wait to be decided that their pace has held back for long enough. */
  void wake(long nowMillis) {
    line.wake(nowMillis);
  }

  /** When {@link #wake} has something to do; {@link Long#MAX_VALUE} for never. */
  long wakeAtMillis() {
    return line.wakeAtMillis();
  }

  /** Puts commands back, before all others, in their order; those answered meanwhile stay out. */
  void again(List<Pending> commands) {
    for (Pending pending : commands.reversed()) {
      if (holds(pending)) {
        line.addFirst(pending);
      }
    }
  }

  /** The command is in the journal at {@code known}; answered once {@code reached} is that far. */
  void accept(Pending pending, KnownKey known, long reached) {
    if (!holds(pending)) {
      return;
    }
    if (known.seq() <= reached) {
      answer(pending, known(pending.proposal(), known));
    } else {
      ahead.put(known.seq(), new Ahead(pending, known));
    }
  }

  /**
   * Accepts those of the commands that happened and puts the others back. Those whose traces are
   * gone are told that nobody knows.
   *
   * @param head where the room was, at least, when they were looked up
   * @return whether anything is settled by it
   */
  boolean settle(List<Pending> commands, Traces traces, long head, long reached) {
    boolean settled = false;
    List<Pending> again = new ArrayList<>();
    for (Pending pending : commands) {
      Optional<KnownKey> happened = traces.of(pending);
      if (happened.isPresent()) {
        accept(pending, happened.get(), reached);
      } else if (traces.areGone(pending)) {
        answer(pending, unavailable());
      } else {
        again.add(pending);
        settled |= pending.canBeSettledAt(head);
        pending.notFoundAt(head);
      }
    }
    again(again);
    return settled || again.size() < commands.size();
  }

  /**
   * Refuses commands that have not happened and were decided on a state no older than they are; the
   * others are accepted, or put back to be decided once more.
   *
   * @return true when an append of one of them may still come, as long as the head stands where it
   *     is: see {@link #settle(Proposal, long)}
   */
  boolean refuse(List<Round.Refusal> refusals, Standing standing, long reached) {
    boolean doubtful = false;
    List<Pending> again = new ArrayList<>();
    for (Round.Refusal refusal : refusals) {
      Pending pending = refusal.pending();
      Optional<KnownKey> happened = standing.traces().of(pending);
      if (happened.isPresent()) {
        accept(pending, happened.get(), reached);
      } else if (standing.traces().areGone(pending)) {
        answer(pending, unavailable());
      } else if (refusal.decidedAt() < standing.head() && !pending.current()) {
        pending.nowCurrent();
        again.add(pending);
      } else if (!pending.doubtfulAt(refusal.decidedAt())) {
        answer(pending, refusal.outcome());
      } else if (refusal.decidedAt() == 0) {
        // A room that may never have been is not made for the sake of a refusal.
        answer(pending, unavailable());
      } else {
        again.add(pending);
        doubtful = true;
      }
    }
    again(again);
    return doubtful;
  }

  /** Puts a command before all others that moves the head, unless there is one already. */
  void settle(Proposal proposal, long nowMillis) {
    if (settling == null || !holds(settling)) {
      settling = new Pending(proposal, outcome -> {}, nowMillis);
      open.put(proposal.key(), settling);
      line.addFirst(settling);
    }
  }

  /** An append of these commands at the head {@code after} ended unknown: it may still come. */
  void doubt(List<Pending> commands, long after) {
    for (Pending pending : commands) {
      UUID key = pending.proposal().key();
      Pending now = open.get(key);
      if (now != null) {
        now.doubt(after);
      }
      doubts.put(key, after);
    }
  }

  /** This instance has reached {@code seq}. */
  void reached(long seq) {
    doubts.values().removeIf(after -> after < seq);
    while (!ahead.isEmpty() && ahead.firstKey() <= seq) {
      Ahead first = ahead.pollFirstEntry().getValue();
      answer(first.pending(), known(first.pending().proposal(), first.known()));
    }
  }

  /** The journal has begun another life: what was found in the one before is decided again. */
  void renew() {
    open.values().forEach(Pending::renew);
    doubts.clear();
    replaced.clear();
    again(ahead.values().stream().map(Ahead::pending).toList());
    ahead.clear();
  }

  void answer(Pending pending, Outcome outcome) {
    if (open.remove(pending.proposal().key(), pending)) {
      pending.answer(outcome);
      answerReplaced(pending, outcome);
      if (open.isEmpty()) {
        settled.complete(null);
      }
    }
  }

  /** Those whose place it took: accepted with it, or the latest of them is decided by itself. */
  private void answerReplaced(Pending pending, Outcome outcome) {
    Optional<Pending> instead = Optional.empty();
    switch (outcome) {
      case Outcome.Accepted(long seq) -> {
        pending.replaced().forEach(earlier -> remember(earlier.proposal(), seq));
        pending.replaced().forEach(earlier -> answer(earlier, outcome));
      }
      case Outcome.Refused(Code code, _, _) when code == Code.UNAVAILABLE ->
          pending.replaced().forEach(earlier -> answer(earlier, outcome));
      case Outcome.Refused refused -> {
        instead = pending.letGo();
        while (instead.isPresent() && !holds(instead.get())) {
          instead = instead.get().letGo();
        }
      }
    }
    line.answered(pending, instead);
  }

  private void remember(Proposal proposal, long seq) {
    replaced.put(proposal.key(), new KnownKey(seq, proposal.digest()));
    if (replaced.size() > MAX_REPLACED_KEYS) {
      replaced.remove(replaced.keySet().iterator().next());
    }
  }

  /** Complete when no command is open; from now on no pace holds one back. */
  CompletableFuture<Void> settled() {
    line.hurry();
    if (settled.isDone() && !open.isEmpty()) {
      settled = new CompletableFuture<>();
    }
    return settled;
  }

  /** Waiting commands that came before {@code beforeMillis} have waited long enough. */
  void expire(long beforeMillis) {
    giveUp(line.waiting(), beforeMillis);
  }

  /** Every open command that came before {@code beforeMillis}, also those that the journal has. */
  void losePatience(long beforeMillis) {
    expire(beforeMillis);
    giveUp(List.copyOf(open.values()), beforeMillis);
  }

  /** Those of the commands that came before {@code beforeMillis} are told so. */
  void giveUp(Collection<Pending> commands, long beforeMillis) {
    for (Pending pending : commands) {
      if (pending.sinceMillis() < beforeMillis) {
        answer(pending, unavailable());
      }
    }
  }

  /** The answer to a command that may or may not happen. */
  static Outcome.Refused unavailable() {
    return new Outcome.Refused(
        Code.UNAVAILABLE,
        "The journal cannot be reached, so this is not known to be stored. It is safe to send it"
            + " again with the same key.");
  }

  /** The answer to a command whose key is in the journal. */
  static Outcome known(Proposal proposal, KnownKey known) {
    return proposal.digest() == known.digest() ? new Outcome.Accepted(known.seq()) : keyReused();
  }

  private static Outcome keyReused() {
    return new Outcome.Refused(
        Code.KEY_REUSED,
        "This key was used in this room for a different command. Every command needs its own.");
  }
}
