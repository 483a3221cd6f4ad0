package dev.tutti.room;

import dev.tutti.protocol.AccessCommand;
import dev.tutti.protocol.ChangeCommand;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomCommand;
import dev.tutti.rules.AccessRules;
import dev.tutti.rules.Actor;
import dev.tutti.rules.ChangeRules;
import dev.tutti.rules.Conflation;
import dev.tutti.rules.CreationRules;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.Retention;
import dev.tutti.rules.RoomRules;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * All rules of one room type: access, which every type shares, then the type's own. Rules that
 * throw harm only the command that they threw at. Any thread.
 */
public final class Ruleset {
  private static final Optional<String> FAILED_TO_SAY =
      Optional.of("The rules of this room failed at it.");

  private final RoomRules<Object> rules;
  private final Deciding deciding;
  private final Mishaps mishaps;
  private final Retention retention;

  /** The ruleset around a room type that comes with the server. */
  public Ruleset(RoomRules<?> rules) {
    this(rules, Deciding.AT_ONCE, new RulesCounts());
  }

  @SuppressWarnings("unchecked") // Commands go to the rules that parsed them, never to others.
  private Ruleset(RoomRules<?> rules, Deciding deciding, RulesCounts counts) {
    this.rules = (RoomRules<Object>) rules;
    this.deciding = deciding;
    this.mishaps = new Mishaps(rules.type(), counts);
    this.retention = rules.retention();
  }

  private Ruleset(Ruleset other, Retention retention) {
    this.rules = other.rules;
    this.deciding = other.deciding;
    this.mishaps = other.mishaps;
    this.retention = retention;
  }

  /** The same, but that it keeps for so long what it does not keep for ever. */
  Ruleset keeping(Duration age) {
    return new Ruleset(this, retention.withAge(age));
  }

  /** How much of its past a room keeps. */
  Retention retention() {
    return retention;
  }

  /** The ruleset around a room type that comes from elsewhere: trusted with nothing. */
  static Ruleset foreign(RoomRules<?> rules, RulesWatch watch) {
    return new Ruleset(new ForeignRules(rules), watch.over(rules.type()), watch.counts());
  }

  /** Where rounds of this type are decided. */
  Deciding deciding() {
    return deciding;
  }

  /** Rules, or what came of them, threw this. */
  void failed(String what, Throwable failure) {
    mishaps.happened(what, failure);
  }

  Object parse(String name, ObjectNode args) {
    if (AccessRules.handles(name)) {
      return AccessRules.parse(name, args);
    }
    if (CreationRules.handles(name)) {
      return CreationRules.parse(name, args);
    }
    return ChangeRules.handles(name) ? ChangeRules.parse(name, args) : rules.parse(name, args);
  }

  /** Whether a later one may take a command's place while it waits. */
  Optional<Conflation> conflation(Object command) {
    return switch (command) {
      case AccessCommand access -> Optional.empty();
      case ChangeCommand change -> Optional.empty();
      case RoomCommand room -> Optional.empty();
      default -> rules.conflation(command);
    };
  }

  /** The title that lists show; none if the rules fail. Completes on any thread. */
  CompletableFuture<Optional<String>> title(Document document) {
    return ask(() -> rules.title(document), Optional.empty());
  }

  /** Why a document cannot be one of this type's rooms, if so. Waits for the rules. */
  Optional<String> objection(Document document) {
    return AccessRules.objection(document)
        .or(() -> ask(() -> rules.objection(document), FAILED_TO_SAY).join());
  }

  private <T> CompletableFuture<T> ask(Supplier<T> question, T otherwise) {
    return deciding.ask(
        () -> {
          try {
            return question.get();
          } catch (Throwable e) { // as with decisions
            failed("They failed at a question about a document", e);
            return otherwise;
          }
        },
        otherwise);
  }

  Role roleOf(Document document, Claim claim) {
    return AccessRules.roleIn(document, claim.user(), claim.role());
  }

  Decision decide(Document document, Proposal proposal, Moment now, Past past) {
    Role role = roleOf(document, proposal.by());
    Actor actor = new Actor(proposal.by().user(), proposal.by().name(), role);
    try {
      return switch (proposal.command()) {
        case AccessCommand access -> AccessRules.decide(document, access, actor);
        case ChangeCommand.Undo(long seq) ->
            lacks(role, Role.EDITOR)
                .orElseGet(() -> undo(document, seq, actor, proposal.by().role(), now, past));
        case Settling settling -> settling.decision();
        case RoomCommand command ->
            lacks(role, Role.EDITOR)
                .orElseGet(() -> CreationRules.decide(command, past.head(), actor, rules));
        default ->
            lacks(role, rules.requires(proposal.command()))
                .orElseGet(() -> rules.decide(document, proposal.command(), actor, now));
      };
    } catch (Throwable e) { // StackOverflowError too, and what else a jar may bring.
      failed("They failed at " + proposal.command().getClass().getSimpleName(), e);
      Outcome.Refused why = Failed.atThis();
      return new Decision.Refused(why.code(), why.sentence());
    }
  }

  /** The refusal of somebody whose role does not suffice. */
  static Optional<Decision> lacks(Role role, Role required) {
    return role.atLeast(required)
        ? Optional.empty()
        : Optional.of(
            new Decision.Refused(
                Code.FORBIDDEN,
                "This needs the role "
                    + required.wire()
                    + " here, and yours is "
                    + role.wire()
                    + "."));
  }

  private Decision undo(
      Document document, long seq, Actor actor, Role byClaims, Moment now, Past past) {
    if (seq > past.head()) {
      return new Decision.Refused(Code.NOT_FOUND, "There is no event " + seq + " in this room.");
    }
    return past.reversal(seq)
        .map(way -> ChangeRules.undo(document, way, actor, byClaims, now, rules))
        .orElseGet(ChangeRules::tooOld);
  }
}
