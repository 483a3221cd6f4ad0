package dev.tutti.rules;

import dev.tutti.protocol.AccessCommand;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.CommandBinding;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomCommand;
import dev.tutti.protocol.RoomName;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a room begins, for every room type. A room needs no making: its first command does it. But
 * {@code room.create} makes one of which the sender is an owner, with a title where the type has
 * one. No command of a room type makes an event that is named {@code room.…}.
 */
public final class CreationRules {
  /** What the names of all events begin with that are about a room as a whole. */
  public static final String PREFIX = "room.";

  /** The reserved collection that says where a room's beginning came from. */
  public static final String COLLECTION = "imported";

  private static final CommandBinding<RoomCommand> COMMANDS = CommandBinding.of(RoomCommand.class);

  private CreationRules() {}

  /** Whether a command's name belongs here rather than to the room type. */
  public static boolean handles(String name) {
    return name.startsWith(PREFIX);
  }

  /**
   * The typed command.
   *
   * @throws dev.tutti.protocol.InvalidMessage {@code unknown_command} or {@code invalid}
   */
  public static RoomCommand parse(String name, ObjectNode args) {
    return COMMANDS.parse(name, args);
  }

  /**
   * Decides; the actor's role suffices for changes in general. A pure function, as all rules are.
   *
   * @param head the room's last event; 0 where nothing has happened
   */
  public static Decision decide(RoomCommand command, long head, Actor actor, RoomRules<?> rules) {
    if (head > 0) {
      return new Decision.Refused(Code.RULE, "This room exists already.");
    }
    return switch (command) {
      case RoomCommand.Create create -> {
        Change change = rules.created(Optional.ofNullable(create.title()));
        yield new Decision.Accepted("room.created", ownedBy(actor.user(), change));
      }
    };
  }

  /**
   * What is in a room that came from a file, beside what was in the file: who brought it in, as its
   * owner.
   *
   * @param seq the last event that came from the file
   */
  public static Change imported(RoomName from, long seq, String by, Instant at) {
    ObjectNode history = JsonNodeFactory.instance.objectNode();
    history.put("by", by).put("at", at.toString()).put("room", from.value()).put("seq", seq);
    return ownedBy(by, Change.none().put(COLLECTION, "history", history));
  }

  /** A room that is made by nobody in particular has the owners that tokens name. */
  private static Change ownedBy(String user, Change change) {
    return user.equals(AccessCommand.NOBODY)
        ? change
        : change.put(AccessRules.COLLECTION, user, AccessRules.entry(Role.OWNER));
  }
}
