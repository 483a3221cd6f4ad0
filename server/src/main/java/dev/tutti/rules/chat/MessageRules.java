package dev.tutti.rules.chat;

import static dev.tutti.rules.chat.Room.already;
import static dev.tutti.rules.chat.Room.forbidden;
import static dev.tutti.rules.chat.Room.put;
import static dev.tutti.rules.chat.Room.refused;

import dev.tutti.protocol.chat.ChatLimits;
import dev.tutti.protocol.chat.MessageCommand;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Fields;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What happens to messages that are there. */
final class MessageRules {
  private static final String REMOVED = "removed";

  private MessageRules() {}

  static Decision decide(Room room, MessageCommand command) {
    return switch (command) {
      case MessageCommand.Post post -> PostRules.decide(room, post);
      case MessageCommand.Edit(String id, String text) ->
          room.onMessage(id, message -> edit(room, message, text));
      case MessageCommand.Delete(String id) -> delete(room, id);
      case MessageCommand.React(String id, String emoji) ->
          room.onMessage(id, message -> react(room, message, emoji));
      case MessageCommand.Unreact(String id, String emoji) ->
          room.onMessage(id, message -> unreact(room, message, emoji));
      case MessageCommand.Pin(String id) -> room.onMessage(id, message -> pin(room, message));
      case MessageCommand.Unpin(String id) -> room.onMessage(id, message -> unpin(message));
    };
  }

  private static Decision edit(Room room, Message message, String text) {
    String event = "message.edited";
    if (!message.by().equals(room.actor().user())) {
      return forbidden("Only who wrote a message may edit it.");
    }
    if (message.text().equals(text)) {
      return already(event);
    }
    Duration age = Duration.between(message.at(), room.now().at());
    if (age.toMillis() > Duration.ofMinutes(ChatLimits.EDIT_MINUTES).toMillis()) {
      return refused(
          "A message can be edited for "
              + ChatLimits.EDIT_MINUTES
              + " minutes, and this is older.");
    }
    Map<String, String> mentions = Mentions.in(text, room.document(), message.by());
    return put(event, message.edited(text, room.now()).mentioning(mentions));
  }

  private static Decision delete(Room room, String id) {
    String event = "message.deleted";
    Optional<Message> found = room.message(id);
    if (found.isEmpty()) {
      return room.isModerator() ? bury(room, id) : Room.gone(id);
    }
    Message message = found.get();
    if (!message.by().equals(room.actor().user()) && !room.isModerator()) {
      return forbidden("Only who wrote a message, or an owner of the room, may delete it.");
    }
    return message.deleted()
        ? already(event)
        : put(event, message.deleted(room.actor(), room.now()));
  }

  /** A tombstone for a message of the past: the document has only that to say of it. */
  private static Decision bury(Room room, String id) {
    String event = "message.deleted";
    Map<String, ObjectNode> removed = room.document().collection(REMOVED);
    if (removed.containsKey(id)) {
      return already(event);
    }
    Change change = Change.none();
    if (removed.size() >= ChatLimits.MAX_REMOVED) {
      removed.entrySet().stream()
          .min(
              Comparator.<Map.Entry<String, ObjectNode>, String>comparing(
                      entry -> Fields.string(entry.getValue(), "at"))
                  .thenComparing(Map.Entry::getKey))
          .ifPresent(oldest -> change.remove(REMOVED, oldest.getKey()));
    }
    return Room.accepted(event, change.put(REMOVED, id, Message.mark(room.actor(), room.now())));
  }

  private static Decision react(Room room, Message message, String emoji) {
    String event = "message.reacted";
    ObjectNode all = message.reactions();
    if (message.reactions(emoji).has(room.actor().user())) {
      return already(event);
    }
    if (!all.has(emoji) && all.size() >= ChatLimits.MAX_EMOJI) {
      return refused("A message has at most " + ChatLimits.MAX_EMOJI + " different reactions.");
    }
    int there = all.valueStream().mapToInt(users -> users.size()).sum();
    if (there >= ChatLimits.MAX_REACTIONS) {
      return refused("A message has at most " + ChatLimits.MAX_REACTIONS + " reactions.");
    }
    return put(event, message.reacted(emoji, room.actor()));
  }

  private static Decision unreact(Room room, Message message, String emoji) {
    String event = "message.unreacted";
    return message.reactions(emoji).has(room.actor().user())
        ? put(event, message.unreacted(emoji, room.actor()))
        : already(event);
  }

  private static Decision pin(Room room, Message message) {
    String event = "message.pinned";
    if (message.pinned()) {
      return already(event);
    }
    return room.document().view(Timeline.VIEW).pinned() >= ChatLimits.MAX_PINNED
        ? refused("A room has at most " + ChatLimits.MAX_PINNED + " pinned messages.")
        : put(event, message.pinned(room.actor(), room.now()));
  }

  private static Decision unpin(Message message) {
    String event = "message.unpinned";
    return message.pinned() ? put(event, message.unpinned()) : already(event);
  }
}
