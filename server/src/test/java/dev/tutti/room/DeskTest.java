package dev.tutti.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.Journal.KnownKey;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeskTest {
  private static final long ROOM = 1;
  private static final Outcome.Refused FULL = new Outcome.Refused(Code.RULE, "It is full.");

  private final Desk desk = new Desk(Limits.DEFAULTS);
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Pending command = taken();

  @Test
  void aRefusalOnTheLatestStateIsTold() {
    refuse(7, new Standing(ROOM, 7, Map.of()));
    assertThat(outcomes).containsExactly(FULL);
    assertThat(desk.isEmpty()).isTrue();
  }

  @Test
  void aRefusedCommandThatHappenedIsAccepted() {
    refuse(7, new Standing(ROOM, 7, Map.of(key(), new KnownKey(5, digest()))));
    assertThat(outcomes).containsExactly(new Outcome.Accepted(5));
  }

  @Test
  void aRefusalOnAnOlderStateIsDecidedOnceMore() {
    refuse(7, new Standing(ROOM, 8, Map.of()));
    assertThat(outcomes).isEmpty();
    assertThat(desk.next(10, 0)).containsExactly(command);
    refuse(8, new Standing(ROOM, 9, Map.of()));
    assertThat(outcomes).containsExactly(FULL);
  }

  @Test
  void aRefusalWaitsWhileAnAppendOfItMayStillSucceed() {
    command.doubt(7);
    assertThat(refuse(7, new Standing(ROOM, 7, Map.of()))).isTrue();
    assertThat(outcomes).isEmpty();
    Proposal settling = Settling.proposal(new Random(1));
    desk.settle(settling, 0);
    desk.settle(Settling.proposal(new Random(2)), 0);
    List<Pending> round = desk.next(10, 0);
    assertThat(round).extracting(Pending::proposal).containsExactly(settling, command.proposal());
    assertThat(refuse(8, new Standing(ROOM, 8, Map.of()))).isFalse();
    assertThat(outcomes).containsExactly(FULL);
  }

  @Test
  void inARoomThatMayNeverHaveBeenARefusalInDoubtIsUnavailable() {
    command.doubt(0);
    assertThat(refuse(0, new Standing(ROOM, 0, Map.of()))).isFalse();
    assertThat(outcomes).containsExactly(Desk.unavailable());
  }

  @Test
  void whatIsNotKnownIsDecidedAgain() {
    assertThat(desk.settle(List.of(command), Map.of(), 7)).isEqualTo(1);
    assertThat(desk.next(10, 0)).containsExactly(command);
  }

  @Test
  void anAcceptanceWaitsUntilItsEventIsReached() {
    desk.settle(List.of(command), Map.of(key(), new KnownKey(9, digest())), 7);
    assertThat(outcomes).isEmpty();
    desk.reached(9);
    assertThat(outcomes).containsExactly(new Outcome.Accepted(9));
  }

  private Pending taken() {
    desk.take(NotesRules.proposals(1, 1).getFirst(), outcomes::add, 0);
    return desk.next(1, 0).getFirst();
  }

  private boolean refuse(long decidedAt, Standing standing) {
    return desk.refuse(List.of(new Round.Refusal(command, FULL, decidedAt)), standing, decidedAt);
  }

  private UUID key() {
    return command.proposal().key();
  }

  private long digest() {
    return command.proposal().digest();
  }
}
