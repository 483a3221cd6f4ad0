package dev.tutti.rules.board;

import dev.tutti.rules.Document;
import dev.tutti.rules.Fields;
import dev.tutti.rules.Moment;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What there is one of on a board: {@code {title}}, the entity {@code board.info}. */
record BoardInfo(ObjectNode entity) {
  static final String COLLECTION = "board";
  static final String ID = "info";

  static BoardInfo of(Document document) {
    return new BoardInfo(document.entity(COLLECTION, ID).orElseGet(Fields::none));
  }

  /** How a board writes down a time. */
  static String time(Moment now) {
    return now.at().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  Optional<String> title() {
    return Fields.optional(entity, "title");
  }

  BoardInfo titled(String title) {
    return new BoardInfo(Fields.with(entity, "title", title));
  }
}
