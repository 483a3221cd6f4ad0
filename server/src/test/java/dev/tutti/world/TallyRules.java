package dev.tutti.world;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Conflation;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.Retention;
import dev.tutti.rules.RoomRules;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A room that counts. Its patches hold the whole sum, so an event that was decided on anything but
 * the state before it shows at once; and a full tally refuses, so refusals depend on the state too.
 * Of what people note there, only each one's latest matters.
 */
class TallyRules implements RoomRules<TallyRules.Command> {
  static final String TYPE = "tally";
  static final String ADD = "tally.add";
  static final String NOTE = "tally.note";
  static final String NOTED = "tally.noted";
  static final String COLLECTION = "tally";
  static final String ID = "sum";
  static final String NOTES = "notes";

  private final Retention retention;

  TallyRules(Retention retention) {
    this.retention = retention;
  }

  /** What one may ask for. */
  sealed interface Command {
    /** {@code n} is added unless the sum would pass {@code most}. */
    record Add(int n, int most) implements Command {}

    /** The sender's note is {@code n} from now on, unless it is as high already. */
    record Note(int n, int paceMillis) implements Command {}
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Retention retention() {
    return retention;
  }

  @Override
  public Command parse(String name, ObjectNode args) {
    return switch (name) {
      case ADD ->
          new Command.Add(args.path("n").asInt(1), args.path("most").asInt(Integer.MAX_VALUE));
      case NOTE -> new Command.Note(args.path("n").asInt(), args.path("pace").asInt());
      default ->
          throw new InvalidMessage(Code.UNKNOWN_COMMAND, "A tally is added to and has notes.");
    };
  }

  @Override
  public Optional<Conflation> conflation(Command command) {
    return switch (command) {
      case Command.Add _ -> Optional.empty();
      case Command.Note note -> Optional.of(new Conflation("note", note.paceMillis(), note.n()));
    };
  }

  @Override
  public Decision decide(Document document, Command command, Actor actor, Moment now) {
    return switch (command) {
      case Command.Add add -> add(document, add);
      case Command.Note note -> note(document, note, actor.user());
    };
  }

  /** One that was replaced may be sent again, and decided behind the one that replaced it. */
  Decision note(Document document, Command.Note command, String user) {
    if (command.n() <= noted(document, user)) {
      return new Decision.Refused(Code.RULE, "You have noted something later already.");
    }
    ObjectNode entity = JsonNodeFactory.instance.objectNode().put("value", command.n());
    return new Decision.Accepted(NOTED, Change.none().put(NOTES, user, entity));
  }

  static int noted(Document document, String user) {
    return document.entity(NOTES, user).map(e -> e.path("value").asInt()).orElse(0);
  }

  private static Decision add(Document document, Command.Add command) {
    int sum = sum(document);
    if (sum + command.n() > command.most()) {
      return new Decision.Refused(Code.RULE, "The tally is at " + sum + " already.");
    }
    ObjectNode entity = JsonNodeFactory.instance.objectNode().put("value", sum + command.n());
    return new Decision.Accepted("tally.added", Change.none().put(COLLECTION, ID, entity));
  }

  static int sum(Document document) {
    return document.entity(COLLECTION, ID).map(e -> e.path("value").asInt()).orElse(0);
  }
}
