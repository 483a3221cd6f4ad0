package dev.tutti.rules.chat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.chat.ChatLimits;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/** A chat while one command is decided on it: what is there, who asks, and when. */
record Room(Document document, Actor actor, Moment now) {

  /** How a chat writes down a time. */
  static String time(Moment now) {
    return now.at().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  Info info() {
    return Info.of(document);
  }

  boolean isModerator() {
    return actor.role().atLeast(Role.OWNER);
  }

  Optional<Message> message(String id) {
    return document.entity(Message.COLLECTION, id).map(entity -> new Message(id, entity));
  }

  /** What a rule says about a message that is there and was not deleted. */
  Decision onMessage(String id, Function<Message, Decision> rule) {
    Optional<Message> message = message(id);
    if (message.isEmpty()) {
      return gone(id);
    }
    return message.get().deleted()
        ? refused("This message was deleted.")
        : rule.apply(message.get());
  }

  /** The person who asks, as the room is to remember them. */
  Person self() {
    return Person.of(actor, document.entity(Person.COLLECTION, actor.user()));
  }

  /** Remembers a person, and forgets who has read least where there are too many. */
  Change remember(Change change, Person person) {
    boolean known = document.entity(Person.COLLECTION, person.user()).isPresent();
    People people = document.view(People.VIEW);
    if (!known && people.byRead().size() >= ChatLimits.MAX_PEOPLE) {
      change.remove(Person.COLLECTION, people.byRead().first().user());
    }
    return change.put(Person.COLLECTION, person.user(), person.entity());
  }

  static Decision put(String event, Message message) {
    return accepted(event, Change.none().put(Message.COLLECTION, message.id(), message.entity()));
  }

  static Decision accepted(String event, Change change) {
    return new Decision.Accepted(event, change);
  }

  /** It was so already: an event without a patch, so that whoever asked second is not told off. */
  static Decision already(String event) {
    return new Decision.Accepted(event, Change.none());
  }

  static Decision refused(String sentence) {
    return new Decision.Refused(Code.RULE, sentence);
  }

  static Decision forbidden(String sentence) {
    return new Decision.Refused(Code.FORBIDDEN, sentence);
  }

  static Decision gone(String id) {
    return new Decision.Refused(
        Code.NOT_FOUND,
        "There is no message \""
            + id
            + "\" among the last "
            + ChatLimits.MAX_KEPT
            + " of this room.");
  }
}
