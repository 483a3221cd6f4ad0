package dev.tutti.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Limits;
import dev.tutti.protocol.Role;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.RoomRules;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class RoundTest {
  private static final int NOTE_BYTES = 10_000;
  private static final Claim WRITER = new Claim("ana", "Ana", Role.EDITOR);

  private final Replica replica = new Replica(Document.empty(), 0, Limits.DEFAULTS);

  @Test
  void aRoundEndsWithTheEventThatReachesItsBytes() {
    List<Pending> commands = notes(100);
    Round round = decide(commands, 3 * NOTE_BYTES + 1);
    // Each event has a little more than the note.
    assertThat(round.entries()).hasSize(3);
    assertThat(round.commands()).isEqualTo(commands.subList(0, 3));
  }

  @Test
  void aRoundDecidesAtLeastOneCommand() {
    assertThat(decide(notes(2), 1).entries()).hasSize(1);
  }

  @Test
  void aRoundHoldsEverythingThatFits() {
    assertThat(decide(notes(100), 100 * 2 * NOTE_BYTES).entries()).hasSize(100);
  }

  private Round decide(List<Pending> commands, int maxBytes) {
    return Round.decide(replica, commands, new Ruleset(new Notes()), Instant.EPOCH, maxBytes);
  }

  private static List<Pending> notes(int count) {
    return LongStream.range(0, count)
        .mapToObj(n -> new Proposal(new UUID(1, n), n, "x".repeat(NOTE_BYTES), null, WRITER))
        .map(proposal -> new Pending(proposal, outcome -> {}, 0))
        .toList();
  }

  /** Each command puts its text under an id of its own. */
  private static final class Notes implements RoomRules<String> {
    @Override
    public String type() {
      return "notes";
    }

    @Override
    public String parse(String name, ObjectNode args) {
      return args.path("text").asString();
    }

    @Override
    public Decision decide(Document document, String text, Actor actor, Moment now) {
      int id = document.collection("notes").size();
      ObjectNode note = JsonNodeFactory.instance.objectNode().put("text", text);
      return new Decision.Accepted("note.put", Change.none().put("notes", "n" + id, note));
    }
  }
}
