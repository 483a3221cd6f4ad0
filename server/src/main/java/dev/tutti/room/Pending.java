package dev.tutti.room;

import dev.tutti.rules.Conflation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command that waits in a room for its outcome. Owned by the room's thread. */
final class Pending {
  private static final Logger log = LoggerFactory.getLogger(Pending.class);

  private final Proposal proposal;
  private final long sinceMillis;

  /** Usually one; more when the same command was sent again before it was answered. */
  private final List<Reply> replies = new ArrayList<>(1);

  /** Those whose place this took, the latest last; they share its fate if it is accepted. */
  private ArrayList<Pending> replaced = new ArrayList<>(0);

  /**
   * The head that an append of unknown outcome was for: while it is the head, it may still come.
   */
  private long doubtfulAfter = -1;

  /** The head that the first append of unknown outcome was for which no look-up has settled. */
  private long inDoubtAfter = -1;

  /** True once the replica has been brought to where the room was after this command arrived. */
  private boolean current;

  Pending(Proposal proposal, Reply reply, long sinceMillis) {
    this.proposal = proposal;
    this.sinceMillis = sinceMillis;
    replies.add(reply);
  }

  static List<UUID> keys(List<Pending> commands) {
    return commands.stream().map(pending -> pending.proposal.key()).toList();
  }

  Proposal proposal() {
    return proposal;
  }

  long sinceMillis() {
    return sinceMillis;
  }

  /** Whether an append of unknown outcome was for it. */
  boolean isDoubtful() {
    return doubtfulAfter >= 0;
  }

  /** Whether it may have happened: an append of it ended unknown, and no look-up has told more. */
  boolean isInDoubt() {
    return inDoubtAfter >= 0;
  }

  /** Where it is in doubt, it may have happened at any {@code seq} behind this. */
  long inDoubtAfter() {
    return inDoubtAfter;
  }

  /** Whether a look-up, with the head at {@code seq} already, would tell for good. */
  boolean canBeSettledAt(long seq) {
    return isInDoubt() && seq > doubtfulAfter;
  }

  /** No trace of it was found, when the head was at {@code seq} already. */
  void notFoundAt(long seq) {
    if (canBeSettledAt(seq)) {
      inDoubtAfter = -1;
    }
  }

  /** Takes the place of one that was never decided, and of all whose place that one took. */
  void replaces(Pending other) {
    ArrayList<Pending> all = other.replaced;
    all.add(other);
    if (!replaced.isEmpty()) {
      all.addAll(replaced);
      all.sort(Comparator.comparingLong(Pending::order));
    }
    replaced = all;
    other.replaced = new ArrayList<>(0);
  }

  /** Among those of which the latest alone matters, the higher the later. */
  long order() {
    return proposal.conflation().map(Conflation::order).orElse(0L);
  }

  /** Those whose place this took, the latest last. */
  List<Pending> replaced() {
    return replaced;
  }

  /** The latest of those is by itself again, with the others in its place. */
  Optional<Pending> letGo() {
    if (replaced.isEmpty()) {
      return Optional.empty();
    }
    Pending last = replaced.removeLast();
    last.replaced = replaced;
    replaced = new ArrayList<>(0);
    return Optional.of(last);
  }

  /** An append of this command at this head ended unknown. */
  void doubt(long after) {
    doubtfulAfter = after;
    inDoubtAfter = isInDoubt() ? Math.min(inDoubtAfter, after) : after;
  }

  /** Whether an append that ended unknown may still succeed while the head is at {@code seq}. */
  boolean doubtfulAt(long seq) {
    return doubtfulAfter == seq;
  }

  boolean current() {
    return current;
  }

  void nowCurrent() {
    current = true;
  }

  /**
   * The journal has begun another life: what was learned in the one before says nothing, and no
   * append of it can come any more. What did come may be in this one too.
   */
  void renew() {
    doubtfulAfter = -1;
    current = false;
  }

  void alsoTell(Reply reply) {
    replies.add(reply);
  }

  /** Tells everyone who waits; one who cannot be told keeps it from nobody else. */
  void answer(Outcome outcome) {
    for (Reply reply : replies) {
      try {
        reply.outcome(outcome);
      } catch (RuntimeException | StackOverflowError e) {
        log.error("The answer to a command did not find its way.", e);
      }
    }
  }
}
