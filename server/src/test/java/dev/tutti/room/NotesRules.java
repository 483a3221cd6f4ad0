package dev.tutti.room;

import dev.tutti.protocol.Role;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.RoomRules;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rooms of notes: each command puts its text under an id of its own. */
final class NotesRules implements RoomRules<String> {
  static final String TYPE = "notes";

  private static final Claim WRITER = new Claim("ana", "Ana", Role.EDITOR);

  /** Different commands, each with a note of so many bytes. */
  static List<Proposal> proposals(int count, int bytes) {
    return LongStream.range(0, count)
        .mapToObj(
            n -> new Proposal(new UUID(1, n), n, "x".repeat(bytes), Optional.empty(), null, WRITER))
        .toList();
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String parse(String name, ObjectNode args) {
    return args.path("text").asString();
  }

  @Override
  public Decision decide(Document document, String text, Actor actor, Moment now) {
    int id = document.collection(TYPE).size();
    ObjectNode note = JsonNodeFactory.instance.objectNode().put("text", text);
    return new Decision.Accepted("note.put", Change.none().put(TYPE, "n" + id, note));
  }
}
