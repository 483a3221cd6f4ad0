package dev.tutti.docs;

import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.RoomRules;
import tools.jackson.databind.node.ObjectNode;

/** Would like to be the board. */
public final class SecondBoardRules implements RoomRules<String> {
  @Override
  public String type() {
    return "board";
  }

  @Override
  public String parse(String name, ObjectNode args) {
    return name;
  }

  @Override
  public Decision decide(Document document, String command, Actor actor, Moment now) {
    return new Decision.Accepted("board.taken", Change.none());
  }
}
