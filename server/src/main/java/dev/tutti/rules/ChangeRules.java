package dev.tutti.rules;

import dev.tutti.protocol.ChangeCommand;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.CommandBinding;
import dev.tutti.protocol.Event;
import dev.tutti.protocol.Role;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Taking changes back, for every room type: {@code change.undo} makes everything that an event
 * changed as it was before, by an event of its own, {@code change.undone}; undoing that one does it
 * again. Refused where anybody has changed one of those fields since.
 *
 * <p>Everyone takes back their own changes, an owner anybody's. Who changes access by it must be an
 * owner and stay one. The room type has the last word: {@link RoomRules#undo}.
 */
public final class ChangeRules {
  /** The event of an undo. */
  public static final String UNDONE = "change.undone";

  private static final String PREFIX = "change.";
  private static final CommandBinding<ChangeCommand> COMMANDS =
      CommandBinding.of(ChangeCommand.class);

  private ChangeRules() {}

  /** Whether a command's name belongs here rather than to the room type. */
  public static boolean handles(String name) {
    return name.startsWith(PREFIX);
  }

  /**
   * The typed command.
   *
   * @throws dev.tutti.protocol.InvalidMessage {@code unknown_command} or {@code invalid}
   */
  public static ChangeCommand parse(String name, ObjectNode args) {
    return COMMANDS.parse(name, args);
  }

  /** The answer to an undo of an event that nobody remembers the way back from. */
  public static Decision tooOld() {
    return new Decision.Refused(Code.RULE, "This change is too old to be taken back.");
  }

  /**
   * Decides; the actor's role suffices for changes in general. A pure function, as all rules are.
   *
   * @param byClaims the role that the actor has where the room's {@code access} says nothing
   */
  public static Decision undo(
      Document document,
      Reversal reversal,
      Actor actor,
      Role byClaims,
      Moment now,
      RoomRules<?> rules) {
    Event undone = reversal.event().event();
    if (!undone.by().equals(actor.user()) && !actor.role().atLeast(Role.OWNER)) {
      return new Decision.Refused(
          Code.FORBIDDEN, "This is another's change. Only an owner of this room may take it back.");
    }
    if (undone.name().startsWith(CreationRules.PREFIX)) {
      return new Decision.Refused(Code.RULE, "How a room began cannot be taken back.");
    }
    Optional<ObjectNode> current = reversal.changedSince(document);
    if (current.isPresent()) {
      return stale(current.get());
    }
    Change change = reversal.changeOn(document);
    if (change.collections().contains(AccessRules.COLLECTION)) {
      Document restored = document.apply(change.patchOn(document));
      Optional<Decision> refusal = AccessRules.mayUndo(restored, actor, byClaims);
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    return rules.undo(document, undone, change, actor, now);
  }

  private static Decision stale(ObjectNode current) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.set("current", current);
    return new Decision.Refused(
        Code.STALE,
        "Someone has changed this in the meantime, so it cannot be taken back.",
        Optional.of(details));
  }
}
