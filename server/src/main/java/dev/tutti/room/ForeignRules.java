package dev.tutti.room;

import dev.tutti.protocol.Args;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Event;
import dev.tutti.protocol.Hygiene;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.Role;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.Retention;
import dev.tutti.rules.RoomRules;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules that did not come with the server. They get copies, may not fail in parsing where a session
 * would have to wait for them, and what they return is looked at before anything is made of it:
 * whatever is no sound decision is thrown as {@link IllegalStateException}. Called on the type's
 * own thread, but for {@link #parse}, which leaves the work for it.
 */
final class ForeignRules implements RoomRules<ForeignRules.Unread> {
  /** Longest sentence and title, in characters. */
  private static final int MAX_SENTENCE_CHARS = 500;

  /** What only the engine says, because clients act upon it. */
  private static final Set<Code> RESERVED =
      EnumSet.of(
          Code.MALFORMED,
          Code.UNKNOWN_TYPE,
          Code.UNKNOWN_ROOM,
          Code.KEY_REUSED,
          Code.INTERNAL,
          Code.UNAVAILABLE);

  private final RoomRules<Object> rules;

  /** A command as it came: reading it is the rules' work as well. */
  record Unread(String name, ObjectNode args) {}

  @SuppressWarnings("unchecked") // Commands go to the rules that parsed them, never to others.
  ForeignRules(RoomRules<?> rules) {
    this.rules = (RoomRules<Object>) rules;
  }

  @Override
  public String type() {
    return rules.type();
  }

  @Override
  public Unread parse(String name, ObjectNode args) {
    return new Unread(name, args);
  }

  /** Nothing more than to read; the rules' own answer is asked for when the command is read. */
  @Override
  public Role requires(Unread command) {
    return Role.VIEWER;
  }

  @Override
  public Decision decide(Document document, Unread unread, Actor actor, Moment now) {
    Object command;
    try {
      command = rules.parse(unread.name(), unread.args().deepCopy());
    } catch (InvalidMessage invalid) {
      return checked(refused(invalid), Change.none());
    }
    return Ruleset.lacks(actor.role(), rules.requires(command))
        .orElseGet(
            () -> checked(rules.decide(document.lent(), command, actor, now), Change.none()));
  }

  @Override
  public Decision undo(Document document, Event undone, Change change, Actor actor, Moment now) {
    Event copy =
        new Event(
            undone.seq(),
            undone.name(),
            undone.by(),
            undone.at(),
            undone.key(),
            undone.patch().deepCopy());
    return checked(rules.undo(document.lent(), copy, change.copy(), actor, now), change);
  }

  @Override
  public Optional<String> title(Document document) {
    return rules.title(document.lent()).map(title -> Args.line(title, MAX_SENTENCE_CHARS, "title"));
  }

  @Override
  public Change created(Optional<String> title) {
    return Soundness.checked(rules.created(title), Change.none());
  }

  @Override
  public Optional<String> objection(Document document) {
    return rules.objection(document.lent()).map(ForeignRules::sentence);
  }

  @Override
  public Retention retention() {
    return Objects.requireNonNull(rules.retention(), "its retention");
  }

  private static Decision refused(InvalidMessage invalid) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    invalid.path().ifPresent(path -> details.put("path", path));
    return new Decision.Refused(invalid.code(), invalid.sentence(), Optional.of(details));
  }

  /**
   * The decision, if it is a sound one.
   *
   * @param reserved what it may do to the engine's own collections: exactly this
   */
  private static Decision checked(Decision decision, Change reserved) {
    return switch (decision) {
      case Decision.Accepted(String name, Change change) ->
          new Decision.Accepted(Soundness.eventName(name), Soundness.checked(change, reserved));
      case Decision.Refused(Code code, String sentence, Optional<ObjectNode> details) -> {
        if (RESERVED.contains(Objects.requireNonNull(code))) {
          throw new IllegalStateException(code.wire() + " is for the server to say.");
        }
        details.ifPresent(Hygiene::check);
        yield new Decision.Refused(code, sentence(sentence), details.map(ObjectNode::deepCopy));
      }
    };
  }

  private static String sentence(String text) {
    return Args.text(text, MAX_SENTENCE_CHARS, "sentence");
  }
}
