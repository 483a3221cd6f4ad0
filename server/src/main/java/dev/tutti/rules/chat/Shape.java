package dev.tutti.rules.chat;

import static dev.tutti.rules.Parts.author;
import static dev.tutti.rules.Parts.collections;
import static dev.tutti.rules.Parts.fields;
import static dev.tutti.rules.Parts.instant;
import static dev.tutti.rules.Parts.line;
import static dev.tutti.rules.Parts.most;
import static dev.tutti.rules.Parts.number;
import static dev.tutti.rules.Parts.object;
import static dev.tutti.rules.Parts.optionalText;
import static dev.tutti.rules.Parts.string;

import dev.tutti.protocol.Args;
import dev.tutti.protocol.chat.ChatCommand;
import dev.tutti.protocol.chat.ChatLimits;
import dev.tutti.rules.Document;
import dev.tutti.rules.Fields;
import dev.tutti.rules.Parts;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What a chat's document looks like: each field, its type and its limits. For what is imported. */
final class Shape {
  private static final int MAX_NAME_CHARS = 200;
  private static final Set<String> POSTED =
      Set.of("thread", "replies", "mentions", "reactions", "edited", "pinned");

  private final Document document;
  private final int count;

  private Shape(Document document) {
    this.document = document;
    this.count = (int) Math.min(Info.of(document).count(), Integer.MAX_VALUE);
  }

  static Optional<String> objection(Document document) {
    return Parts.objection(new Shape(document)::check);
  }

  private void check() {
    collections(document, "chat", "messages", "people", "muted", "removed");
    fields(object(document.toJson(), "chat"), Set.of(), Set.of("info"));
    info(Info.of(document).entity());
    Map<String, ObjectNode> messages = document.collection(Message.COLLECTION);
    most(messages.size(), ChatLimits.MAX_KEPT + ChatLimits.MAX_PINNED, "messages in a document");
    Set<Integer> numbers = new HashSet<>();
    messages.forEach((id, message) -> message(id, message, numbers));
    long pinned = messages.values().stream().filter(Message::isPinned).count();
    most((int) pinned, ChatLimits.MAX_PINNED, "pinned messages");
    people();
    marks("muted", ChatLimits.MAX_MUTED, Set.of("until"));
    marks("removed", ChatLimits.MAX_REMOVED, Set.of());
  }

  private static void info(ObjectNode info) {
    fields(info, Set.of(), Set.of("title", "topic", "slow", "count"));
    optionalText(info, "title", ChatLimits.MAX_TITLE_CHARS);
    optionalText(info, "topic", ChatLimits.MAX_TITLE_CHARS);
    number(info.get("slow"), 1, ChatLimits.MAX_SLOW_SECONDS, "slow");
    number(info.get("count"), 1, Integer.MAX_VALUE, "count");
  }

  private void message(String id, ObjectNode message, Set<Integer> numbers) {
    Args.id(id, "message");
    boolean deleted = message.has("deleted");
    if (deleted) {
      fields(message, Set.of("n", "by", "name", "at", "deleted"), Set.of("thread", "replies"));
      author(object(message, "deleted"));
    } else {
      fields(message, Set.of("n", "text", "by", "name", "at"), POSTED);
      Args.text(string(message, "text"), ChatLimits.MAX_TEXT_CHARS, "text");
    }
    author(message);
    line(message, "name", MAX_NAME_CHARS);
    number(message.get("n"), 1, count, "n");
    if (!numbers.add(message.path("n").asInt())) {
      throw Args.invalid("n", "Two messages have the number " + message.path("n") + ".");
    }
    number(message.get("replies"), 1, Integer.MAX_VALUE, "replies");
    if (message.has("thread")) {
      Args.id(string(message, "thread"), "thread");
    }
    if (message.has("edited")) {
      instant(message, "edited");
    }
    if (message.has("pinned")) {
      author(object(message, "pinned"));
    }
    names(object(message, "mentions"), ChatLimits.MAX_MENTIONS, "mentions");
    reactions(id, object(message, "reactions"));
  }

  private static void reactions(String id, ObjectNode reactions) {
    most(reactions.size(), ChatLimits.MAX_EMOJI, "different reactions at a message");
    int all = 0;
    for (String emoji : reactions.propertyNames()) {
      ObjectNode asked = Fields.none().put("message", id).put("emoji", emoji);
      ChatCommand.BINDING.parse("message.react", asked);
      ObjectNode users = object(reactions, emoji);
      names(users, ChatLimits.MAX_REACTIONS, "reactions at a message");
      all += users.size();
    }
    most(all, ChatLimits.MAX_REACTIONS, "reactions at a message");
  }

  private static void names(ObjectNode users, int most, String what) {
    most(users.size(), most, what);
    for (String user : users.propertyNames()) {
      Args.user(user, what);
      line(users, user, MAX_NAME_CHARS);
    }
  }

  private void people() {
    Map<String, ObjectNode> people = document.collection(Person.COLLECTION);
    most(people.size(), ChatLimits.MAX_PEOPLE, "people in a room");
    people.forEach((user, person) -> {
      Args.user(user, "people");
      fields(person, Set.of("name", "read"), Set.of("posted"));
      line(person, "name", MAX_NAME_CHARS);
      number(person.get("read"), 0, count, "read");
      if (person.has("posted")) {
        instant(person, "posted");
      }
    });
  }

  private void marks(String collection, int most, Set<String> optional) {
    Map<String, ObjectNode> marks = document.collection(collection);
    most(marks.size(), most, "entries of " + collection);
    marks.forEach((of, mark) -> {
      Args.key(of, Args.MAX_USER_CHARS, collection);
      fields(mark, Set.of("by", "at"), optional);
      author(mark);
      if (mark.has("until")) {
        instant(mark, "until");
      }
    });
  }
}
