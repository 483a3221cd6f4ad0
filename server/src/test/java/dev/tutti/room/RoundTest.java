package dev.tutti.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Limits;
import dev.tutti.rules.Document;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {
  private static final int NOTE_BYTES = 10_000;

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
    Ruleset rules = new Ruleset(new NotesRules());
    Round round = new Round(replica, commands, rules, Instant.EPOCH, maxBytes);
    round.decide();
    return round;
  }

  private static List<Pending> notes(int count) {
    return NotesRules.proposals(count, NOTE_BYTES).stream()
        .map(proposal -> new Pending(proposal, outcome -> {}, 0))
        .toList();
  }
}
