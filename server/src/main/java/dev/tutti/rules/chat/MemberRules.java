package dev.tutti.rules.chat;

import static dev.tutti.rules.chat.Room.forbidden;
import static dev.tutti.rules.chat.Room.refused;

import dev.tutti.protocol.Role;
import dev.tutti.protocol.chat.ChatLimits;
import dev.tutti.protocol.chat.MemberCommand;
import dev.tutti.rules.AccessRules;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Fields;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Who may speak. */
final class MemberRules {
  private static final String COLLECTION = "muted";
  private static final String UNTIL = "until";

  private MemberRules() {}

  /** Why somebody may say nothing now, if they may not. */
  static Optional<Decision> mute(Room room) {
    if (room.isModerator()) {
      return Optional.empty();
    }
    return room.document()
        .entity(COLLECTION, room.actor().user())
        .filter(entity -> !isOver(entity, room))
        .map(entity ->
            forbidden(
                Fields.optional(entity, UNTIL)
                    .map(until -> "You are muted here until " + minute(until) + ".")
                    .orElse("You are muted here.")));
  }

  static Decision decide(Room room, MemberCommand command) {
    if (!room.isModerator()) {
      return forbidden("Only an owner of this room may mute people.");
    }
    return switch (command) {
      case MemberCommand.Mute(String user, Integer minutes) -> mute(room, user, minutes);
      case MemberCommand.Unmute(String user) ->
          Room.accepted("member.unmuted", Change.none().remove(COLLECTION, user));
    };
  }

  private static Decision mute(Room room, String user, @Nullable Integer minutes) {
    Document document = room.document();
    if (AccessRules.roleIn(document, user, Role.NONE).atLeast(Role.OWNER)
        || user.equals(room.actor().user())) {
      return refused("Owners of a room cannot be muted.");
    }
    Change change = Change.none();
    int left = 0;
    for (Map.Entry<String, ObjectNode> entry : document.collection(COLLECTION).entrySet()) {
      if (isOver(entry.getValue(), room)) {
        change.remove(COLLECTION, entry.getKey());
      } else if (!entry.getKey().equals(user)) {
        left++;
      }
    }
    if (left >= ChatLimits.MAX_MUTED) {
      return refused("A room has at most " + ChatLimits.MAX_MUTED + " muted people.");
    }
    ObjectNode entity = Message.mark(room.actor(), room.now());
    if (minutes != null) {
      Instant until = room.now().at().truncatedTo(ChronoUnit.MILLIS);
      entity.put(UNTIL, until.plus(minutes, ChronoUnit.MINUTES).toString());
    }
    return Room.accepted("member.muted", change.put(COLLECTION, user, entity));
  }

  private static boolean isOver(ObjectNode entity, Room room) {
    return Fields.optional(entity, UNTIL)
        .map(Instant::parse)
        .filter(until -> !until.isAfter(room.now().at()))
        .isPresent();
  }

  private static String minute(String until) {
    return Instant.parse(until)
        .truncatedTo(ChronoUnit.MINUTES)
        .toString()
        .replace("T", " ")
        .replace(":00Z", " UTC");
  }
}
