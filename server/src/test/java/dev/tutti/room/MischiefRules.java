package dev.tutti.room;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.Event;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.RoomRules;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rules that do, by the name of the command, whatever rules should not do. */
@NullUnmarked
final class MischiefRules implements RoomRules<String> {
  /** Ends the loops that heed no interrupt. */
  final AtomicBoolean enough = new AtomicBoolean();

  /** What is refused by {@code internal}. */
  final Map<String, BiFunction<Document, ObjectNode, Decision>> failing =
      Map.ofEntries(
          Map.entry(
              "throw",
              (document, entity) -> {
                throw new IllegalStateException("mischief");
              }),
          Map.entry(
              "throw an error",
              (document, entity) -> {
                throw new AssertionError("mischief");
              }),
          Map.entry("recurse", (document, entity) -> decide(document, "recurse", null, null)),
          Map.entry("return null", (document, entity) -> null),
          Map.entry("no change", (document, entity) -> new Decision.Accepted("a.b", null)),
          Map.entry("no name", (document, entity) -> new Decision.Accepted(null, Change.none())),
          Map.entry("a bad name", (document, entity) -> accepted("A\u0000", entity)),
          Map.entry("a long name", (document, entity) -> accepted("a." + "b".repeat(99), entity)),
          Map.entry("another's name", (document, entity) -> accepted("room.created", entity)),
          Map.entry("a null field", (document, entity) -> accepted("a.b", entity.putNull("x"))),
          Map.entry("NaN", (document, entity) -> accepted("a.b", entity.put("x", Double.NaN))),
          Map.entry("U+0000", (document, entity) -> accepted("a.b", entity.put("x", "\u0000"))),
          Map.entry("half", (document, entity) -> accepted("a.b", entity.put("x", "\ud83d"))),
          Map.entry("a field", (document, entity) -> accepted("a.b", entity.put("__proto__", 1))),
          Map.entry("bytes", (document, entity) -> accepted("a.b", entity.put("x", new byte[9]))),
          Map.entry("a thing", (document, entity) -> accepted("a.b", entity.putPOJO("x", this))),
          Map.entry("a cycle", (document, entity) -> accepted("a.b", entity.set("x", entity))),
          Map.entry("depth", (document, entity) -> accepted("a.b", deep(entity, 17))),
          Map.entry("abyss", (document, entity) -> accepted("a.b", deep(entity, 1_000_000))),
          Map.entry("no entity", (document, entity) -> put("things", "x", null)),
          Map.entry("no collection", (document, entity) -> put("", "x", entity)),
          Map.entry("no id", (document, entity) -> put("things", null, entity)),
          Map.entry("an id", (document, entity) -> put("things", "a\nb", entity)),
          Map.entry(
              "a role", (document, entity) -> put("access", "me", entity.put("role", "owner"))),
          Map.entry(
              "no memory",
              (document, entity) -> {
                throw new OutOfMemoryError("mischief");
              }),
          Map.entry("no sentence", (document, entity) -> new Decision.Refused(Code.RULE, null)),
          Map.entry("no code", (document, entity) -> new Decision.Refused(null, "No.")),
          Map.entry(
              "again", (document, entity) -> new Decision.Refused(Code.UNAVAILABLE, "Again.")));

  private static Decision accepted(String name, ObjectNode entity) {
    return new Decision.Accepted(name, Change.none().put("things", "it", entity));
  }

  private static Decision put(String collection, String id, ObjectNode entity) {
    return new Decision.Accepted("a.b", Change.none().put(collection, id, entity));
  }

  private static ObjectNode deep(ObjectNode entity, int levels) {
    ObjectNode inner = entity;
    for (int i = 1; i < levels; i++) {
      inner = inner.putObject("x");
    }
    return entity;
  }

  @Override
  public String type() {
    return "mischief";
  }

  @Override
  public String parse(String name, ObjectNode args) {
    if (name.equals("parse")) {
      throw new IllegalStateException("mischief");
    }
    return name;
  }

  @Override
  public Decision decide(Document document, String command, Actor actor, Moment now) {
    ObjectNode entity = JsonNodeFactory.instance.objectNode();
    return switch (command) {
      case "loop" -> {
        while (!enough.get()) {
          Thread.onSpinWait();
        }
        yield accepted("a.b", entity);
      }
      case "loop until interrupted" -> {
        while (!Thread.currentThread().isInterrupted()) {
          Thread.onSpinWait();
        }
        yield accepted("a.b", entity);
      }
      case "change what is there" -> {
        document.entity("things", "good").ifPresent(thing -> thing.put("n", -1));
        document.collection("things").values().forEach(thing -> thing.put("n", -1));
        document.toJson().withObjectProperty("things").removeAll();
        yield new Decision.Accepted("a.b", Change.none());
      }
      case "too much" -> accepted("a.b", entity.put("x", "x".repeat(300_000)));
      case "random" -> {
        entity.put("n", ThreadLocalRandom.current().nextInt());
        yield accepted("a.b", entity);
      }
      case "count" -> {
        int n = document.entity("things", "good").map(it -> it.get("n").asInt()).orElse(0);
        yield put("things", "good", entity.put("n", n + 1));
      }
      default -> failing.get(command).apply(document, entity);
    };
  }

  @Override
  public Optional<String> title(Document document) {
    throw new IllegalStateException("mischief");
  }

  @Override
  public Decision undo(Document document, Event undone, Change change, Actor actor, Moment now) {
    return null;
  }
}
