package dev.tutti.rules.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.Role;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A board that people act on; what they did is in its document. Arguments are relaxed JSON. */
final class BoardStory {
  static final Actor ANA = new Actor("ana", "Ana", Role.OWNER);
  static final Actor BO = new Actor("bo", "Bo", Role.EDITOR);
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

  private static final JsonMapper JSON = new JsonMapper();
  private final BoardRules rules = new BoardRules();
  private long keys;
  private Document document = Document.empty();
  private ObjectNode patch = JsonNodeFactory.instance.objectNode();

  /** Columns todo, doing, done; tickets t1 to t3 in todo. */
  static BoardStory withThreeTickets() {
    BoardStory story = new BoardStory();
    for (String column : List.of("todo", "doing", "done")) {
      story.does("column.add", "{'column':'%s','title':'%s'}".formatted(column, column));
    }
    for (String ticket : List.of("t1", "t2", "t3")) {
      story.adds(ticket, "todo");
    }
    return story;
  }

  static ObjectNode json(String relaxed) {
    return (ObjectNode) JSON.readTree(relaxed.replace('\'', '"'));
  }

  BoardStory adds(String ticket, String column) {
    return does(
        "ticket.add",
        "{'ticket':'%s','column':'%s','title':'Title of %s'}".formatted(ticket, column, ticket));
  }

  BoardStory does(String name, String args) {
    return does(ANA, name, args);
  }

  BoardStory does(Actor actor, String name, String args) {
    Decision decision = decide(actor, name, args);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    patch = ((Decision.Accepted) decision).change().patchOn(document);
    document = document.apply(patch);
    return this;
  }

  Decision decide(Actor actor, String name, String args) {
    Moment now = new Moment(NOON, new UUID(7, ++keys));
    return rules.decide(document, rules.parse(name, json(args)), actor, now);
  }

  String eventOf(String name, String args) {
    return ((Decision.Accepted) decide(ANA, name, args)).name();
  }

  void isRefused(Code code, String sentence, String name, String args) {
    isRefused(ANA, code, sentence, name, args);
  }

  void isRefused(Actor actor, Code code, String sentence, String name, String args) {
    assertThat(decide(actor, name, args))
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refused -> {
              assertThat(refused.sentence()).isEqualTo(sentence);
              assertThat(refused.code()).isEqualTo(code);
            });
  }

  /** The tickets of a column, in order. */
  List<String> column(String id) {
    return new Board(document, ANA, new Moment(NOON, new UUID(0, 0)))
        .ticketsIn(id, Optional.empty())
        .order();
  }

  List<String> columns() {
    return new Board(document, ANA, new Moment(NOON, new UUID(0, 0))).columns("").order();
  }

  /** A value in the document, missing where there is none. */
  JsonNode at(String... path) {
    JsonNode node = document.toJson();
    for (String step : path) {
      node = node.path(step);
    }
    return node;
  }

  Document document() {
    return document;
  }

  BoardStory on(Document other) {
    document = other;
    return this;
  }

  /** The patch of the last event. */
  ObjectNode patch() {
    return patch;
  }
}
