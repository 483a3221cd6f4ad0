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
    refuse(7, new Standing(ROOM, 7, Traces.NONE));
    assertThat(outcomes).containsExactly(FULL);
    assertThat(desk.isEmpty()).isTrue();
  }

  @Test
  void aRefusedCommandThatHappenedIsAccepted() {
    refuse(7, new Standing(ROOM, 7, happenedAt(5)));
    assertThat(outcomes).containsExactly(new Outcome.Accepted(5));
  }

  @Test
  void aRefusalOnAnOlderStateIsDecidedOnceMore() {
    refuse(7, new Standing(ROOM, 8, Traces.NONE));
    assertThat(outcomes).isEmpty();
    assertThat(desk.next(10, 0)).containsExactly(command);
    refuse(8, new Standing(ROOM, 9, Traces.NONE));
    assertThat(outcomes).containsExactly(FULL);
  }

  @Test
  void aRefusalWaitsWhileAnAppendOfItMayStillSucceed() {
    command.doubt(7);
    assertThat(refuse(7, new Standing(ROOM, 7, Traces.NONE))).isTrue();
    assertThat(outcomes).isEmpty();
    Proposal settling = Settling.proposal(new Random(1));
    desk.settle(settling, 0);
    desk.settle(Settling.proposal(new Random(2)), 0);
    List<Pending> round = desk.next(10, 0);
    assertThat(round).extracting(Pending::proposal).containsExactly(settling, command.proposal());
    assertThat(refuse(8, new Standing(ROOM, 8, Traces.NONE))).isFalse();
    assertThat(outcomes).containsExactly(FULL);
  }

  @Test
  void inARoomThatMayNeverHaveBeenARefusalInDoubtIsUnavailable() {
    command.doubt(0);
    assertThat(refuse(0, new Standing(ROOM, 0, Traces.NONE))).isFalse();
    assertThat(outcomes).containsExactly(Desk.unavailable());
  }

  @Test
  void whatIsNotKnownIsDecidedAgain() {
    assertThat(desk.settle(List.of(command), Traces.NONE, 7, 7)).isFalse();
    assertThat(desk.next(10, 0)).containsExactly(command);
  }

  @Test
  void anAcceptanceWaitsUntilItsEventIsReached() {
    desk.settle(List.of(command), happenedAt(9), 7, 7);
    assertThat(outcomes).isEmpty();
    desk.reached(9);
    assertThat(outcomes).containsExactly(new Outcome.Accepted(9));
  }

  @Test
  void whatMayHaveBeenLetGoOfIsNeitherRefusedNorDecidedAgain() {
    command.doubt(7);
    assertThat(desk.settle(List.of(command), new Traces(Map.of(), 9), 7, 9)).isTrue();
    assertThat(outcomes).containsExactly(Desk.unavailable());
    assertThat(desk.isEmpty()).isTrue();
  }

  @Test
  void aRefusalOfWhatMayHaveBeenLetGoOfIsUnavailable() {
    command.doubt(7);
    assertThat(refuse(9, new Standing(ROOM, 9, new Traces(Map.of(), 9)))).isFalse();
    assertThat(outcomes).containsExactly(Desk.unavailable());
  }

  @Test
  void whatIsNotFoundOnceTheHeadHasMovedIsInDoubtNoMore() {
    command.doubt(7);
    Traces without = new Traces(Map.of(), 8);
    assertThat(desk.settle(List.of(command), without, 7, 8)).isFalse();
    assertThat(command.canBeSettledAt(8)).isTrue();
    assertThat(desk.settle(List.of(command), without, 8, 8)).isTrue();
    assertThat(command.isInDoubt()).isFalse();
  }

  private Traces happenedAt(long seq) {
    return new Traces(Map.of(key(), new KnownKey(seq, digest())), 0);
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
