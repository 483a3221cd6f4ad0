package dev.tutti.rules;

import dev.tutti.protocol.AccessCommand;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.CommandBinding;
import dev.tutti.protocol.Role;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may do what in a room, for every room type: the commands {@code access.grant} and {@code
 * access.revoke}, and the reserved collection {@code access} that they write: user id to {@code
 * {role}}. An entry there wins over the role that a token claims, so a revoked user (role {@code
 * none}) does not come back with an old token.
 *
 * <p>Owners cannot lower or withdraw their own role; another owner does that. So whoever carries
 * out such a command is still owner afterwards, and no room loses its last one by it.
 */
public final class AccessRules {
  /** The reserved collection; rules of room types do not write it. */
  public static final String COLLECTION = "access";

  /** Entries in one room, the revoked ones included; further users are refused by {@code rule}. */
  public static final int MAX_ENTRIES = 5_000;

  private static final String PREFIX = "access.";
  private static final String ROLE = "role";
  private static final CommandBinding<AccessCommand> COMMANDS =
      CommandBinding.of(AccessCommand.class);

  private AccessRules() {}

  /** Whether a command's name belongs here rather than to the room type. */
  public static boolean handles(String name) {
    return name.startsWith(PREFIX);
  }

  /**
   * The typed command.
   *
   * @throws dev.tutti.protocol.InvalidMessage {@code unknown_command} or {@code invalid}
   */
  public static AccessCommand parse(String name, ObjectNode args) {
    return COMMANDS.parse(name, args);
  }

  /** A user's role in a room: its {@code access} entry, else what the user's claims say. */
  public static Role roleIn(Document document, String user, Role byClaims) {
    Optional<ObjectNode> entry = document.entity(COLLECTION, user);
    if (entry.isEmpty()) {
      return byClaims;
    }
    JsonNode role = entry.get().get(ROLE);
    try {
      return role != null && role.isString() ? Role.of(role.stringValue()) : Role.NONE;
    } catch (IllegalArgumentException unknown) {
      return Role.NONE;
    }
  }

  /** Decides; checks the actor's role itself. A pure function, as all rules are. */
  public static Decision decide(Document document, AccessCommand command, Actor actor) {
    if (!actor.role().atLeast(Role.OWNER)) {
      return onlyOwners();
    }
    boolean known = document.entity(COLLECTION, command.user()).isPresent();
    if (!known && document.collection(COLLECTION).size() >= MAX_ENTRIES) {
      return new Decision.Refused(
          Code.RULE, "This room already names " + MAX_ENTRIES + " users, which is the most.");
    }
    return switch (command) {
      case AccessCommand.Grant(String user, Role role) ->
          user.equals(actor.user()) && role != Role.OWNER
              ? ownRole()
              : accepted("access.granted", user, role);
      case AccessCommand.Revoke(String user) ->
          user.equals(actor.user()) ? ownRole() : accepted("access.revoked", user, Role.NONE);
    };
  }

  /** Why an undo that leads to this document may not be, if it may not: access changes by it. */
  static Optional<Decision> mayUndo(Document restored, Actor actor, Role byClaims) {
    if (!actor.role().atLeast(Role.OWNER)) {
      return Optional.of(onlyOwners());
    }
    return roleIn(restored, actor.user(), byClaims).atLeast(Role.OWNER)
        ? Optional.empty()
        : Optional.of(ownRole());
  }

  /** Why the collection is none that these rules could have made, if so. */
  public static Optional<String> objection(Document document) {
    if (document.collection(COLLECTION).size() > MAX_ENTRIES) {
      return Optional.of("It names more than " + MAX_ENTRIES + " users.");
    }
    boolean sound =
        document.collection(COLLECTION).entrySet().stream()
            .allMatch(entry -> entry.getValue().size() == 1 && isRole(entry.getValue().get(ROLE)));
    return sound ? Optional.empty() : Optional.of("An entry of access is no role.");
  }

  private static boolean isRole(@Nullable JsonNode value) {
    return value != null
        && value.isString()
        && Stream.of(Role.values()).anyMatch(role -> role.wire().equals(value.stringValue()));
  }

  private static Decision onlyOwners() {
    return new Decision.Refused(Code.FORBIDDEN, "Only an owner of this room may change access.");
  }

  private static Decision accepted(String event, String user, Role role) {
    return new Decision.Accepted(event, Change.none().put(COLLECTION, user, entry(role)));
  }

  /** What the collection says of a user with this role. */
  static ObjectNode entry(Role role) {
    return JsonNodeFactory.instance.objectNode().put(ROLE, role.wire());
  }

  private static Decision ownRole() {
    return new Decision.Refused(
        Code.RULE, "You cannot take away your own ownership. Ask another owner to do it.");
  }
}
