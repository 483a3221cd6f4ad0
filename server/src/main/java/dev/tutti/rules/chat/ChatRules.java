package dev.tutti.rules.chat;

import static dev.tutti.rules.chat.Room.accepted;
import static dev.tutti.rules.chat.Room.already;
import static dev.tutti.rules.chat.Room.forbidden;

import dev.tutti.protocol.AccessCommand;
import dev.tutti.protocol.Event;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.chat.ChatCommand;
import dev.tutti.protocol.chat.ChatLimits;
import dev.tutti.protocol.chat.MemberCommand;
import dev.tutti.protocol.chat.MessageCommand;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.ChangeRules;
import dev.tutti.rules.Conflation;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.RoomRules;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What may happen in a chat, and what it does. The table of it is {@code docs/chat.md}. */
public final class ChatRules implements RoomRules<ChatCommand> {
  private static final String RENAMED = "chat.renamed";
  private static final String DESCRIBED = "chat.described";

  /** What a change of one's own may be that is taken back; for the rest there are commands. */
  private static final Set<String> UNDOABLE = Set.of(RENAMED, DESCRIBED, ChangeRules.UNDONE);

  @Override
  public String type() {
    return "chat";
  }

  @Override
  public ChatCommand parse(String name, ObjectNode args) {
    return ChatCommand.BINDING.parse(name, args);
  }

  @Override
  public Optional<String> title(Document document) {
    return Info.of(document).title();
  }

  @Override
  public Optional<String> objection(Document document) {
    return Shape.objection(document);
  }

  @Override
  public Change created(Optional<String> title) {
    return title
        .map(text -> Info.of(Document.empty()).titled(text).in(Change.none()))
        .orElseGet(Change::none);
  }

  @Override
  public Role requires(ChatCommand command) {
    return command instanceof ChatCommand.MarkRead ? Role.VIEWER : Role.EDITOR;
  }

  @Override
  public Optional<Conflation> conflation(ChatCommand command) {
    // Of two devices the one that is behind may be heard last.
    return command instanceof ChatCommand.MarkRead(long upto)
        ? Optional.of(new Conflation("read", ChatLimits.READ_PACE_MILLIS, upto))
        : Optional.empty();
  }

  @Override
  public Decision undo(Document document, Event undone, Change change, Actor actor, Moment now) {
    if (!UNDOABLE.contains(undone.name())) {
      return Room.refused("Of a chat, only its title and topic can be taken back.");
    }
    return MemberRules.mute(new Room(document, actor, now))
        .orElseGet(() -> accepted(ChangeRules.UNDONE, change));
  }

  @Override
  public Decision decide(Document document, ChatCommand command, Actor actor, Moment now) {
    Room room = new Room(document, actor, now);
    return switch (command) {
      case ChatCommand.MarkRead(long upto) -> read(room, upto);
      case ChatCommand.Slow(Integer seconds) ->
          room.isModerator()
              ? accepted(
                  "chat.slowed", room.info().slowed(Optional.ofNullable(seconds)).in(Change.none()))
              : forbidden("Only an owner of this room may slow it.");
      case MemberCommand member -> MemberRules.decide(room, member);
      case ChatCommand.Rename(String title) ->
          speak(room, accepted(RENAMED, room.info().titled(title).in(Change.none())));
      case ChatCommand.Topic(String topic) ->
          speak(
              room,
              accepted(DESCRIBED, room.info().about(Optional.ofNullable(topic)).in(Change.none())));
      case MessageCommand.Post post -> speak(room, PostRules.decide(room, post));
      case MessageCommand message -> speak(room, named(room, MessageRules.decide(room, message)));
    };
  }

  private static Decision speak(Room room, Decision decision) {
    return MemberRules.mute(room).orElse(decision);
  }

  /** Nobody in particular may say something, but nothing is theirs. */
  private static Decision named(Room room, Decision decision) {
    return room.actor().user().equals(AccessCommand.NOBODY)
        ? forbidden("This needs a name: say who you are.")
        : decision;
  }

  private static Decision read(Room room, long upto) {
    String event = "read.marked";
    Person before = room.self();
    Person after = before.hasRead(Math.min(upto, room.info().count()));
    boolean known =
        room.document()
            .entity(Person.COLLECTION, after.user())
            .filter(after.entity()::equals)
            .isPresent();
    if (known) {
      return already(event);
    }
    return named(room, accepted(event, room.remember(Change.none(), after)));
  }
}
