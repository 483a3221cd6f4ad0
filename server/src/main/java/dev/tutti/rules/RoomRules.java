package dev.tutti.rules;

import dev.tutti.protocol.Event;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.Role;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of one room type. Found by {@link java.util.ServiceLoader}; one instance serves all
 * rooms of its type, on many threads, so it holds no state.
 *
 * @param <C> the sealed interface of the type's commands
 */
public interface RoomRules<C> {
  /** The part of a room's name before the colon, for example {@code board}. */
  String type();

  /**
   * The typed command for a name and its arguments, checked as far as it can be without a document.
   *
   * @throws InvalidMessage {@code unknown_command} or {@code invalid}, with the path of the field
   */
  C parse(String name, ObjectNode args);

  /**
   * What a command does to a document. A pure function: the same arguments give the same decision,
   * because a command may be decided more than once (after a lost append) before it is confirmed.
   *
   * @param now time and all the randomness that the decision may use
   */
  Decision decide(Document document, C command, Actor actor, Moment now);

  /**
   * What taking back an event does to a document, once it is sure that nobody has changed the same
   * fields since: the change given, unless this refuses it, with code {@code rule}, or makes
   * another one of it, because it would break what these rules hold true. The event of it is {@code
   * change.undone}. A pure function.
   *
   * @param undone the event that is taken back
   * @param change makes what it changed as it was before
   */
  default Decision undo(Document document, Event undone, Change change, Actor actor, Moment now) {
    return new Decision.Accepted(ChangeRules.UNDONE, change);
  }

  /** The title that lists of rooms show, where the type has one and the room too. */
  default Optional<String> title(Document document) {
    return Optional.empty();
  }

  /**
   * What is in a room that was made by {@code room.create}.
   *
   * @param title 1 to 500 characters on one line; a type without titles ignores it
   */
  default Change created(Optional<String> title) {
    return Change.none();
  }

  /**
   * Why a document that came from elsewhere is none that these rules could have made, if so: a
   * sentence that says what is wrong with it. A type that does not check takes none. The
   * collections {@code access} and {@code imported} are the engine's.
   */
  default Optional<String> objection(Document document) {
    return Optional.of("Rooms of this type cannot be imported.");
  }

  /**
   * Whether only the latest of such commands matters while several of a user wait; none unless
   * overridden. A pure function of the command.
   */
  default Optional<Conflation> conflation(C command) {
    return Optional.empty();
  }

  /**
   * How much of its past a room of this type keeps: everything, unless overridden. Asked for once,
   * at the start.
   */
  default Retention retention() {
    return Retention.EVERYTHING;
  }

  /** The least role that may send a command; {@link Role#EDITOR} unless overridden. */
  default Role requires(C command) {
    return Role.EDITOR;
  }
}
