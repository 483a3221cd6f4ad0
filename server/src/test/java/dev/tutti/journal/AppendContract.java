package dev.tutti.journal;

import static dev.tutti.journal.Samples.NOON;
import static dev.tutti.journal.Samples.aName;
import static dev.tutti.journal.Samples.batch;
import static dev.tutti.journal.Samples.entry;
import static dev.tutti.journal.Samples.get;
import static dev.tutti.journal.Samples.seqs;
import static dev.tutti.journal.Samples.won;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every journal does with appends. */
interface AppendContract {
  /** The journal under test. It may hold rooms of other tests. */
  Journal journal();

  @Test
  default void aBatchAtTheHeadWins() {
    long room = aRoom();
    assertThat(get(journal().append(batch(room, 0, 3)))).isEqualTo(new Appended.Won());
    assertThat(get(journal().append(batch(room, 3, 2)))).isEqualTo(new Appended.Won());
    assertThat(headOf(room)).isEqualTo(5);
    assertThat(seqs(get(journal().readAfter(room, 0, 10)))).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  default void whatWasAppendedIsReadBack() {
    long room = aRoom();
    var entry =
        new Entry(1, UUID.randomUUID(), Long.MIN_VALUE, "ticket.moved", "guest:ana", NOON, "{}");
    won(journal().append(new Batch(room, 0, List.of(entry))));
    assertThat(get(journal().readAfter(room, 0, 10))).containsExactly(entry);
  }

  @Test
  default void aBatchBehindTheHeadLosesAndLeavesNothing() {
    long room = aRoom();
    won(journal().append(batch(room, 0, 2)));
    assertThat(get(journal().append(batch(room, 1, 2)))).isEqualTo(new Appended.Lost());
    assertThat(get(journal().append(batch(room, 0, 1)))).isEqualTo(new Appended.Lost());
    assertThat(get(journal().readAfter(room, 0, 10))).hasSize(2);
  }

  @Test
  default void aBatchBeyondTheHeadLoses() {
    long room = aRoom();
    assertThat(get(journal().append(batch(room, 1, 1)))).isEqualTo(new Appended.Lost());
    assertThat(headOf(room)).isZero();
  }

  @Test
  default void aBatchWithAKnownKeyLosesWhole() {
    long room = aRoom();
    var first = entry(1);
    won(journal().append(new Batch(room, 0, List.of(first))));
    var again = new Entry(3, first.key(), 0, "n", "u", NOON, "{}");
    assertThat(get(journal().append(new Batch(room, 1, List.of(entry(2), again)))))
        .isEqualTo(new Appended.Lost());
    assertThat(headOf(room)).isEqualTo(1);
    assertThat(get(journal().readAfter(room, 0, 10))).containsExactly(first);
  }

  @Test
  default void aKeyIsKnownInItsOwnRoomOnly() {
    long one = aRoom();
    long other = aRoom();
    var entry = entry(1);
    won(journal().append(new Batch(one, 0, List.of(entry))));
    assertThat(get(journal().append(new Batch(other, 0, List.of(entry)))))
        .isEqualTo(new Appended.Won());
  }

  @Test
  default void ofManyBatchesAtOnceEachHasItsOwnOutcome() {
    long wins = aRoom();
    long losesByHead = aRoom();
    long losesByKey = aRoom();
    var known = entry(1);
    won(journal().append(new Batch(losesByKey, 0, List.of(known))));
    var again = new Entry(2, known.key(), 0, "n", "u", NOON, "{}");
    var outcomes =
        List.of(
            journal().append(batch(losesByHead, 7, 1)),
            journal().append(batch(wins, 0, 3)),
            journal().append(new Batch(losesByKey, 1, List.of(again))),
            journal().append(batch(Long.MAX_VALUE, 0, 1)));
    assertThat(outcomes.stream().map(Samples::get))
        .containsExactly(
            new Appended.Lost(), new Appended.Won(), new Appended.Lost(), new Appended.Lost());
    assertThat(headOf(wins)).isEqualTo(3);
  }

  @Test
  default void ofTwoBatchesForOneRoomAtOnceOneWins() {
    long room = aRoom();
    var outcomes =
        IntStream.range(0, 20).mapToObj(i -> journal().append(batch(room, 0, 1))).toList();
    assertThat(outcomes.stream().map(Samples::get).filter(new Appended.Won()::equals)).hasSize(1);
    assertThat(headOf(room)).isEqualTo(1);
  }

  @Test
  default void batchesHandedOverOneBehindTheOtherAllWin() {
    long room = aRoom();
    var outcomes =
        LongStream.range(0, 50).mapToObj(i -> journal().append(batch(room, i * 2, 2))).toList();
    assertThat(outcomes.stream().map(Samples::get)).containsOnly(new Appended.Won());
    assertThat(headOf(room)).isEqualTo(100);
  }

  @Test
  default void manyRoomsAppendAtOnce() {
    var rooms = IntStream.range(0, 200).mapToObj(i -> aRoom()).toList();
    var outcomes = rooms.stream().map(room -> journal().append(batch(room, 0, 5))).toList();
    assertThat(outcomes.stream().map(Samples::get)).containsOnly(new Appended.Won());
    assertThat(get(journal().heads(rooms)).values()).hasSize(200).containsOnly(5L);
  }

  @Test
  default void aBatchThatCannotBeStoredHarmsNoOther() {
    var rooms = IntStream.range(0, 20).mapToObj(i -> aRoom()).toList();
    long bad = aRoom();
    var poison = new Entry(1, UUID.randomUUID(), 0, "n", "u", NOON, "{\"a\":\"\0\"}");
    var outcomes = new ArrayList<CompletableFuture<Appended>>();
    rooms.subList(0, 10).forEach(room -> outcomes.add(journal().append(batch(room, 0, 1))));
    var poisoned = journal().append(new Batch(bad, 0, List.of(poison)));
    rooms.subList(10, 20).forEach(room -> outcomes.add(journal().append(batch(room, 0, 1))));
    assertThat(get(poisoned)).isInstanceOf(Appended.Unavailable.class);
    assertThat(outcomes.stream().map(Samples::get)).containsOnly(new Appended.Won());
    assertThat(headOf(bad)).isZero();
    assertThat(get(journal().append(batch(bad, 0, 1)))).isEqualTo(new Appended.Won());
  }

  @Test
  default void aBatchThatHoldsAKeyTwiceIsRefused() {
    long room = aRoom();
    var one = entry(1);
    var two = new Entry(2, one.key(), 0, "n", "u", NOON, "{}");
    assertThat(get(journal().append(new Batch(room, 0, List.of(one, two)))))
        .isInstanceOf(Appended.Unavailable.class);
    assertThat(headOf(room)).isZero();
  }

  /** A room that no other test knows. */
  default long aRoom() {
    return get(journal().create(aName())).id();
  }

  default long headOf(long room) {
    return get(journal().heads(List.of(room))).getOrDefault(room, -1L);
  }
}
