package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.protocol.ChangeCommand;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.Reversal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One decision on everything that waited: each command decided on the document left by the one
 * before. Nothing of it is true until its entries are in the journal. Deciding is pure; a round
 * that loses is thrown away and its commands are decided again.
 *
 * <p>Made on the room's thread and read there; decided there too, or on a {@link RulesThread}.
 */
final class Round implements Past, RulesThread.Clock {
  /**
   * A refusal that holds only if the events of its round before it do.
   *
   * @param decidedAt the {@code seq} of the document that it was decided on
   */
  record Refusal(Pending pending, Outcome.Refused outcome, long decidedAt) {}

  private final Ruleset rules;
  private final Instant at;
  private final int maxBytes;
  private final long after;
  private final List<Pending> offered;

  /** Of the events that the offered commands would take back. */
  private final Map<Long, Reversal> waysBack = new HashMap<>();

  private final List<Pending> commands = new ArrayList<>();
  private final List<Pending> accepted = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Reversal> reversals = new ArrayList<>();
  private final List<EncodedEvent> events = new ArrayList<>();
  private final DocumentSize size;
  private Document document;
  private boolean touchesAccess;
  private long bytes;

  /** What the rules are at; null before the first command. */
  private volatile @Nullable AtWork atWork;

  private record AtWork(Pending pending, RulesThread.Beginning beginning) {}

  /**
   * A round that is to decide commands on a replica, from the first on, until the events have
   * {@code maxBytes} or more: what one append holds is bounded, and those left over are for the
   * next round.
   */
  Round(Replica replica, List<Pending> offered, Ruleset rules, Instant at, int maxBytes) {
    this.rules = rules;
    this.at = at;
    this.maxBytes = maxBytes;
    this.offered = offered;
    this.after = replica.seq();
    this.document = replica.document();
    this.size = replica.size().copy();
    for (Pending pending : offered) {
      if (pending.proposal().command() instanceof ChangeCommand.Undo(long seq)) {
        replica.reversal(seq).ifPresent(way -> waysBack.put(seq, way));
      }
    }
  }

  /** One that is not decided: commands are refused on the document that another one began with. */
  private Round(Round other, Predicate<Pending> which, Outcome.Refused why) {
    this.rules = other.rules;
    this.at = other.at;
    this.maxBytes = other.maxBytes;
    this.offered = other.offered;
    this.after = other.after;
    this.document = Document.empty();
    this.size = other.size;
    for (Pending pending : offered) {
      if (which.test(pending)) {
        commands.add(pending);
        refuse(pending, why);
      }
    }
  }

  /** Decides. */
  void decide() {
    for (Pending pending : offered) {
      if (bytes >= maxBytes) {
        break;
      }
      commands.add(pending);
      atWork = new AtWork(pending, RulesThread.Beginning.now());
      try {
        decide(pending);
      } catch (Throwable e) { // A deep tree ends the stack, and rules may throw anything.
        rules.failed("What was decided on a command makes no document", e);
        refuse(pending, Failed.atThis());
      }
    }
  }

  @Override
  public RulesThread.@Nullable Beginning beginning() {
    AtWork now = atWork;
    return now == null ? null : now.beginning();
  }

  /** In the place of this one, which is at a command and may never be done with it. Any thread. */
  Round refusingAtWork(Outcome.Refused why) {
    AtWork now = atWork;
    return new Round(this, pending -> now != null && pending == now.pending(), why);
  }

  /** In the place of this one, which has not begun. Any thread. */
  Round refusingAll(Outcome.Refused why) {
    return new Round(this, pending -> true, why);
  }

  private void decide(Pending pending) {
    Proposal proposal = pending.proposal();
    ObjectNode expect = proposal.expect();
    Decision decision =
        Optional.ofNullable(expect)
            .flatMap(e -> Expectation.unmet(document, e))
            .orElseGet(
                () -> rules.decide(document, proposal, new Moment(at, proposal.key()), this));
    switch (decision) {
      case Decision.Refused(Code code, String sentence, Optional<ObjectNode> details) ->
          refuse(pending, new Outcome.Refused(code, sentence, details));
      case Decision.Accepted accept -> accept(pending, accept);
    }
  }

  private void refuse(Pending pending, Outcome.Refused outcome) {
    refused.add(new Refusal(pending, outcome, head()));
  }

  private void accept(Pending pending, Decision.Accepted decision) {
    Proposal proposal = pending.proposal();
    ObjectNode patch = decision.change().patchOn(document);
    String json = patch.toString();
    long seq = head() + 1;
    String by = proposal.by().user();
    EncodedEvent event = EncodedEvent.of(seq, decision.name(), by, at, proposal.key(), json);
    Document next = document.apply(patch);
    Optional<String> tooLarge = size.grow(event.json().length, patch, document, next);
    if (tooLarge.isPresent()) {
      refuse(pending, new Outcome.Refused(Code.TOO_LARGE, tooLarge.get()));
      return;
    }
    entries.add(new Entry(seq, proposal.key(), proposal.digest(), decision.name(), by, at, json));
    events.add(event);
    reversals.add(Reversal.of(event, document, patch));
    bytes += event.json().length;
    accepted.add(pending);
    document = next;
    touchesAccess |= Replica.touchesAccess(patch);
  }

  /** The head that this was decided on. */
  long after() {
    return after;
  }

  /** Everything that was decided, in order. */
  List<Pending> commands() {
    return commands;
  }

  /** What is left over, for the next round. */
  List<Pending> rest() {
    if (commands.size() == offered.size()) {
      return List.of();
    }
    Set<Pending> done = new HashSet<>(commands);
    return offered.stream().filter(pending -> !done.contains(pending)).toList();
  }

  /** The accepted commands, one for each entry. */
  List<Pending> accepted() {
    return accepted;
  }

  List<Refusal> refused() {
    return refused;
  }

  List<Entry> entries() {
    return entries;
  }

  List<EncodedEvent> events() {
    return events;
  }

  /** The ways back from the events. */
  List<Reversal> reversals() {
    return reversals;
  }

  @Override
  public long head() {
    return after + entries.size();
  }

  @Override
  public Optional<Reversal> reversal(long seq) {
    return seq > after
        ? Optional.of(reversals.get((int) (seq - after - 1)))
        : Optional.ofNullable(waysBack.get(seq));
  }

  /** The document after the last entry. */
  Document document() {
    return document;
  }

  DocumentSize size() {
    return size;
  }

  boolean touchesAccess() {
    return touchesAccess;
  }
}
