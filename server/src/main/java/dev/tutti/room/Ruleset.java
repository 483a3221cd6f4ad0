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
import dev.tutti.rules.RoomRules;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * All rules of one room type: access, which every type shares, then the type's own. Rules that
 * throw harm only the command that they threw at. Stateless, any thread.
 */
public final class Ruleset {
  private static final Logger log = LoggerFactory.getLogger(Ruleset.class);

  private static final String FAILED =
      "The rules of this room failed at this command; nothing was changed.";

  private final RoomRules<Object> rules;

  /** The ruleset around a room type. */
  @SuppressWarnings("unchecked") // Commands go to the rules that parsed them, never to others.
  public Ruleset(RoomRules<?> rules) {
    this.rules = (RoomRules<Object>) rules;
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

  /** The title that lists show. */
  Optional<String> title(Document document) {
    return rules.title(document);
  }

  /** Why a document cannot be one of this type's rooms, if so. */
  Optional<String> objection(Document document) {
    return AccessRules.objection(document).or(() -> rules.objection(document));
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
        case RoomCommand command ->
            lacks(role, Role.EDITOR)
                .orElseGet(() -> CreationRules.decide(command, past.head(), actor, rules));
        default ->
            lacks(role, rules.requires(proposal.command()))
                .orElseGet(() -> rules.decide(document, proposal.command(), actor, now));
      };
    } catch (RuntimeException e) {
      log.error("The rules of {} failed at a {}", rules.type(), proposal.command().getClass(), e);
      return new Decision.Refused(Code.RULE, FAILED);
    }
  }

  private static Optional<Decision> lacks(Role role, Role required) {
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

  /** The answer to a command that the rules could not cope with. */
  static Outcome.Refused failed() {
    return new Outcome.Refused(Code.RULE, FAILED);
  }
}
