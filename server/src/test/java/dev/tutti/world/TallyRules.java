package dev.tutti.world;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.Retention;
import dev.tutti.rules.RoomRules;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A room that counts. Its patches hold the whole sum, so an event that was decided on anything but
 * the state before it shows at once; and a full tally refuses, so refusals depend on the state too.
 */
final class TallyRules implements RoomRules<TallyRules.Add> {
  static final String TYPE = "tally";
  static final String ADD = "tally.add";
  static final String COLLECTION = "tally";
  static final String ID = "sum";

  private final Retention retention;

  TallyRules(Retention retention) {
    this.retention = retention;
  }

  /** {@code n} is added unless the sum would pass {@code most}. */
  record Add(int n, int most) {}

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Retention retention() {
    return retention;
  }

  @Override
  public Add parse(String name, ObjectNode args) {
    if (!name.equals(ADD)) {
      throw new InvalidMessage(Code.UNKNOWN_COMMAND, "A tally only adds.");
    }
    return new Add(args.path("n").asInt(1), args.path("most").asInt(Integer.MAX_VALUE));
  }

  @Override
  public Decision decide(Document document, Add command, Actor actor, Moment now) {
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
