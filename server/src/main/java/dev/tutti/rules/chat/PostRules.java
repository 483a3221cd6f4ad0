package dev.tutti.rules.chat;

import static dev.tutti.rules.chat.Room.refused;

import dev.tutti.protocol.AccessCommand;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.chat.ChatLimits;
import dev.tutti.protocol.chat.MessageCommand;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/** What happens when somebody says something. */
final class PostRules {
  private PostRules() {}

  static Decision decide(Room room, MessageCommand.Post post) {
    String id = Optional.ofNullable(post.message()).orElseGet(() -> room.now().id("m"));
    if (room.message(id).isPresent()) {
      return refused("There is already a message \"" + id + "\".");
    }
    Optional<Decision> tooSoon = tooSoon(room);
    if (tooSoon.isPresent()) {
      return tooSoon.get();
    }
    if (post.thread() == null) {
      return posted(room, id, post.text(), Optional.empty());
    }
    return room.onMessage(
        post.thread(),
        answered ->
            answered.thread().isEmpty()
                ? posted(room, id, post.text(), Optional.of(answered))
                : room.onMessage(
                    answered.thread().get(),
                    root -> posted(room, id, post.text(), Optional.of(root))));
  }

  private static Decision posted(Room room, String id, String text, Optional<Message> root) {
    long number = room.info().count() + 1;
    Change change = room.info().counted(number).in(Change.none());
    Message message =
        Message.posted(id, number, text, room.actor(), room.now())
            .mentioning(Mentions.in(text, room.document(), room.actor().user()));
    if (root.isPresent()) {
      message = message.answering(root.get().id());
      change.put(Message.COLLECTION, root.get().id(), root.get().answered().entity());
    }
    makeRoom(room, change);
    change.put(Message.COLLECTION, id, message.entity());
    if (!room.actor().user().equals(AccessCommand.NOBODY)) {
      Person self = room.self().hasRead(number);
      room.remember(change, isSlowed(room) ? self.hasPosted(room.now()) : self);
    }
    return Room.accepted("message.posted", change);
  }

  /** Lets go of the oldest messages, so that one more may come. */
  private static void makeRoom(Room room, Change change) {
    var free = room.document().view(Timeline.VIEW).free();
    Iterator<Timeline.Entry> oldest = free.iterator();
    for (int over = free.size() + 1 - ChatLimits.MAX_KEPT; over > 0; over--) {
      change.remove(Message.COLLECTION, oldest.next().id());
    }
  }

  private static boolean isSlowed(Room room) {
    return room.info().slow().isPresent() && !room.isModerator();
  }

  private static Optional<Decision> tooSoon(Room room) {
    if (!isSlowed(room)) {
      return Optional.empty();
    }
    Instant now = room.now().at();
    int every = room.info().slow().orElseThrow();
    return room.self()
        .posted()
        .map(last -> last.plusSeconds(every))
        .filter(next -> next.isAfter(now))
        .map(next -> waitUntil(Duration.between(now, next), every));
  }

  private static Decision waitUntil(Duration left, int every) {
    long millis = left.toMillis() + 1;
    return new Decision.Refused(
        Code.RULE,
        "Slow mode: one message every %d s. You can write again in %d s."
            .formatted(every, (millis + 999) / 1_000),
        Optional.of(Fields.none().put("retryAfterMillis", millis)));
  }
}
