package dev.tutti.rules.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.Role;
import dev.tutti.rules.Actor;
import dev.tutti.rules.ChangeRules;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.Reversal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A dashboard that people and programs act on, at a time that the story tells. */
final class DashboardStory {
  static final Actor ANA = new Actor("ana", "Ana", Role.EDITOR);
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static final JsonMapper JSON = new JsonMapper();
  private final DashboardRules rules = new DashboardRules();
  private final List<Reversal> past = new ArrayList<>();
  private Document document = Document.empty();
  private Instant now = NOON;
  private ObjectNode patch = JsonNodeFactory.instance.objectNode();

  DashboardStory seconds(long later) {
    now = now.plusSeconds(later);
    return this;
  }

  DashboardStory adds(String widget, String kind, int x, int y, int w, int h) {
    return does(
        "widget.add",
        "{'widget':'%s','kind':'%s','title':'%s','x':%d,'y':%d,'w':%d,'h':%d}"
            .formatted(widget, kind, widget, x, y, w, h));
  }

  DashboardStory does(String name, String args) {
    return takes(decide(name, args));
  }

  /** Takes back the event so many events ago. */
  DashboardStory undoes(int ago) {
    return takes(undo(ago));
  }

  Decision undo(int ago) {
    return ChangeRules.undo(
        document, past.get(past.size() - ago), ANA, Role.EDITOR, moment(), rules);
  }

  private DashboardStory takes(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    Decision.Accepted accepted = (Decision.Accepted) decision;
    patch = accepted.change().patchOn(document);
    UUID key = moment().key();
    EncodedEvent event =
        EncodedEvent.of(past.size() + 1, accepted.name(), "ana", now, key, patch.toString());
    past.add(Reversal.of(event, document, patch));
    document = document.apply(patch);
    return this;
  }

  private Moment moment() {
    return new Moment(now, new UUID(7, past.size()));
  }

  Decision decide(String name, String args) {
    ObjectNode json = (ObjectNode) JSON.readTree(args.replace('\'', '"'));
    return rules.decide(document, rules.parse(name, json), ANA, moment());
  }

  void isRefused(Code code, String sentence, String name, String args) {
    isRefused(code, sentence, decide(name, args));
  }

  static void isRefused(Code code, String sentence, Decision decision) {
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refused -> {
              assertThat(refused.sentence()).isEqualTo(sentence);
              assertThat(refused.code()).isEqualTo(code);
            });
  }

  /** Where a widget is: x, y, w, h. */
  Box box(String widget) {
    return Widget.box(document.entity(Widget.COLLECTION, widget).orElseThrow());
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
