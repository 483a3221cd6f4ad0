package dev.tutti.rules.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.Role;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A chat that people talk in; what they said is in its document. Arguments are relaxed JSON. */
final class ChatStory {
  static final Actor ANA = new Actor("ana", "Ana", Role.OWNER);
  static final Actor BO = new Actor("bo", "Bo Berg", Role.EDITOR);
  static final Actor CY = new Actor("cy", "Cy", Role.VIEWER);

  private static final JsonMapper JSON = new JsonMapper();
  private final ChatRules rules = new ChatRules();
  private Instant at = Instant.parse("2026-11-22T12:00:00.123456Z");
  private long keys;
  private Document document = Document.empty();
  private ObjectNode patch = JsonNodeFactory.instance.objectNode();

  ChatStory posts(Actor actor, String id, String text) {
    return does(actor, "message.post", "{'message':'%s','text':'%s'}".formatted(id, text));
  }

  ChatStory does(Actor actor, String name, String args) {
    Decision decision = decide(actor, name, args);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    patch = ((Decision.Accepted) decision).change().patchOn(document);
    document = document.apply(patch);
    return this;
  }

  Decision decide(Actor actor, String name, String args) {
    ObjectNode json = (ObjectNode) JSON.readTree(args.replace('\'', '"'));
    Moment now = new Moment(at, new UUID(7, ++keys));
    return rules.decide(document, rules.parse(name, json), actor, now);
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

  ChatStory later(Duration time) {
    at = at.plus(time);
    return this;
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

  /** The patch of the last event. */
  ObjectNode patch() {
    return patch;
  }
}
