package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.Reversal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One decision on everything that waited: each command decided on the document left by the one
 * before. Nothing of it is true until its entries are in the journal. Deciding is pure; a round
 * that loses is thrown away and its commands are decided again.
 */
final class Round implements Past {
  private static final Logger log = LoggerFactory.getLogger(Round.class);

  /**
   * A refusal that holds only if the events of its round before it do.
   *
   * @param decidedAt the {@code seq} of the document that it was decided on
   */
  record Refusal(Pending pending, Outcome.Refused outcome, long decidedAt) {}

  private final Replica replica;
  private final long after;
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

  private Round(Replica replica) {
    this.replica = replica;
    this.after = replica.seq();
    this.document = replica.document();
    this.size = replica.size().copy();
  }

  /**
   * Decides commands on a replica, from the first on, until the events have {@code maxBytes} or
   * more: what one append holds is bounded, and those left over are for the next round.
   */
  static Round decide(
      Replica replica, List<Pending> commands, Ruleset rules, Instant at, int maxBytes) {
    Round round = new Round(replica);
    for (Pending pending : commands) {
      if (round.bytes >= maxBytes) {
        break;
      }
      round.commands.add(pending);
      try {
        round.decide(pending, rules, at);
      } catch (RuntimeException e) {
        log.error("What the rules decided on a command makes no document.", e);
        round.refuse(pending, Ruleset.failed());
      }
    }
    return round;
  }

  private void decide(Pending pending, Ruleset rules, Instant at) {
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
      case Decision.Accepted accept -> accept(pending, accept, at);
    }
  }

  private void refuse(Pending pending, Outcome.Refused outcome) {
    refused.add(new Refusal(pending, outcome, head()));
  }

  private void accept(Pending pending, Decision.Accepted decision, Instant at) {
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
        : replica.reversal(seq);
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
