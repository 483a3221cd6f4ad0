package dev.tutti.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.Journal.KnownKey;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.protocol.RoomName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What every journal does. Each implementation runs it; a test makes rooms of its own. */
public interface JournalContract {
  JsonMapper JSON = new JsonMapper();
  Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

  /** The journal under test. It may hold rooms of other tests. */
  Journal journal();

  @Test
  default void aRoomIsThereOnceItWasCreated() {
    var name = aName();
    assertThat(get(journal().find(name))).isEmpty();
    var created = get(journal().create(name));
    assertThat(created.name()).isEqualTo(name);
    assertThat(created.head()).isZero();
    assertThat(get(journal().find(name))).contains(created);
    assertThat(get(journal().create(name))).isEqualTo(created);
  }

  @Test
  default void creatingARoomAtOnceFromManySidesMakesOne() {
    var name = aName();
    var all = IntStream.range(0, 50).mapToObj(i -> journal().create(name)).toList();
    assertThat(all.stream().map(JournalContract::get).distinct()).hasSize(1);
  }

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
    get(journal().append(new Batch(room, 0, List.of(entry))));
    assertThat(get(journal().readAfter(room, 0, 10))).containsExactly(entry);
  }

  @Test
  default void aBatchBehindTheHeadLosesAndLeavesNothing() {
    long room = aRoom();
    get(journal().append(batch(room, 0, 2)));
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
    get(journal().append(new Batch(room, 0, List.of(first))));
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
    get(journal().append(new Batch(one, 0, List.of(entry))));
    assertThat(get(journal().append(new Batch(other, 0, List.of(entry)))))
        .isEqualTo(new Appended.Won());
  }

  @Test
  default void ofManyBatchesAtOnceEachHasItsOwnOutcome() {
    long wins = aRoom();
    long losesByHead = aRoom();
    long losesByKey = aRoom();
    var known = entry(1);
    get(journal().append(new Batch(losesByKey, 0, List.of(known))));
    var again = new Entry(2, known.key(), 0, "n", "u", NOON, "{}");
    var outcomes =
        List.of(
            journal().append(batch(losesByHead, 7, 1)),
            journal().append(batch(wins, 0, 3)),
            journal().append(new Batch(losesByKey, 1, List.of(again))),
            journal().append(batch(Long.MAX_VALUE, 0, 1)));
    assertThat(outcomes.stream().map(JournalContract::get))
        .containsExactly(
            new Appended.Lost(), new Appended.Won(), new Appended.Lost(), new Appended.Lost());
    assertThat(headOf(wins)).isEqualTo(3);
  }

  @Test
  default void ofTwoBatchesForOneRoomAtOnceOneWins() {
    long room = aRoom();
    var outcomes =
        IntStream.range(0, 20).mapToObj(i -> journal().append(batch(room, 0, 1))).toList();
    assertThat(outcomes.stream().map(JournalContract::get).filter(new Appended.Won()::equals))
        .hasSize(1);
    assertThat(headOf(room)).isEqualTo(1);
  }

  @Test
  default void batchesHandedOverOneBehindTheOtherAllWin() {
    long room = aRoom();
    var outcomes =
        LongStream.range(0, 50).mapToObj(i -> journal().append(batch(room, i * 2, 2))).toList();
    assertThat(outcomes.stream().map(JournalContract::get)).containsOnly(new Appended.Won());
    assertThat(headOf(room)).isEqualTo(100);
  }

  @Test
  default void manyRoomsAppendAtOnce() {
    var rooms = IntStream.range(0, 200).mapToObj(i -> aRoom()).toList();
    var outcomes = rooms.stream().map(room -> journal().append(batch(room, 0, 5))).toList();
    assertThat(outcomes.stream().map(JournalContract::get)).containsOnly(new Appended.Won());
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
    assertThat(outcomes.stream().map(JournalContract::get)).containsOnly(new Appended.Won());
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

  @Test
  default void pagesAreReadForwards() {
    long room = aRoom();
    get(journal().append(batch(room, 0, 10)));
    assertThat(seqs(get(journal().readAfter(room, 0, 3)))).containsExactly(1L, 2L, 3L);
    assertThat(seqs(get(journal().readAfter(room, 8, 3)))).containsExactly(9L, 10L);
    assertThat(get(journal().readAfter(room, 10, 3))).isEmpty();
    assertThat(get(journal().readAfter(room, 99, 3))).isEmpty();
  }

  @Test
  default void pagesAreReadBackwardsAndComeAscending() {
    long room = aRoom();
    get(journal().append(batch(room, 0, 10)));
    assertThat(seqs(get(journal().readBefore(room, 11, 3)))).containsExactly(8L, 9L, 10L);
    assertThat(seqs(get(journal().readBefore(room, Long.MAX_VALUE, 2)))).containsExactly(9L, 10L);
    assertThat(seqs(get(journal().readBefore(room, 3, 5)))).containsExactly(1L, 2L);
    assertThat(get(journal().readBefore(room, 1, 5))).isEmpty();
  }

  @Test
  default void anUnknownRoomIsEmpty() {
    long nobody = Long.MAX_VALUE;
    assertThat(get(journal().append(batch(nobody, 0, 1)))).isEqualTo(new Appended.Lost());
    assertThat(get(journal().readAfter(nobody, 0, 1))).isEmpty();
    assertThat(get(journal().readBefore(nobody, 9, 1))).isEmpty();
    assertThat(get(journal().known(nobody, List.of(UUID.randomUUID())))).isEmpty();
    assertThat(get(journal().heads(List.of(nobody)))).isEmpty();
    assertThat(get(journal().snapshot(nobody))).isEmpty();
  }

  @Test
  default void knownKeysSayWhereTheyWereApplied() {
    long room = aRoom();
    var first = entry(1);
    var second = entry(2);
    get(journal().append(new Batch(room, 0, List.of(first, second))));
    assertThat(get(journal().known(room, List.of(second.key(), UUID.randomUUID()))))
        .isEqualTo(Map.of(second.key(), new KnownKey(2, second.digest())));
    assertThat(get(journal().known(room, List.of()))).isEmpty();
  }

  @Test
  default void aSnapshotIsKeptUnlessALaterOneIsThere() {
    long room = aRoom();
    assertThat(get(journal().snapshot(room))).isEmpty();
    get(journal().save(room, new Snapshot(5, "{\"a\":1}")));
    assertThat(get(journal().snapshot(room))).contains(new Snapshot(5, "{\"a\":1}"));
    get(journal().save(room, new Snapshot(4, "{}")));
    assertThat(get(journal().snapshot(room)).orElseThrow().seq()).isEqualTo(5);
    get(journal().save(room, new Snapshot(9, "{\"a\":2}")));
    assertThat(get(journal().snapshot(room))).contains(new Snapshot(9, "{\"a\":2}"));
  }

  @Test
  default void timesKeepMicroseconds() {
    long room = aRoom();
    var at = Instant.parse("2026-11-22T12:00:00.123456789Z");
    var old = Instant.parse("1969-12-31T23:59:59.999999Z");
    var entries =
        List.of(
            new Entry(1, UUID.randomUUID(), 1, "n", "u", at, "{}"),
            new Entry(2, UUID.randomUUID(), 1, "n", "u", old, "{}"));
    get(journal().append(new Batch(room, 0, entries)));
    assertThat(get(journal().readAfter(room, 0, 9)).stream().map(Entry::at))
        .containsExactly(Instant.parse("2026-11-22T12:00:00.123456Z"), old);
  }

  @Test
  default void textOfEveryLanguageComesBackTheSame() {
    long room = aRoom();
    var words = "Zoë 看板 \uD83C\uDFBB \"quoted\" \\ back\nline {a,b} NULL ''";
    var patch = JSON.createObjectNode().put("title", words).put(words, "x").toString();
    get(journal().append(batchOf(room, words, words, patch)));
    var read = get(journal().readAfter(room, 0, 1)).getFirst();
    assertThat(read.name()).isEqualTo(words);
    assertThat(read.by()).isEqualTo(words);
    assertThat(JSON.readTree(read.patch())).isEqualTo(JSON.readTree(patch));
  }

  @Test
  default void numbersComeBackTheSame() {
    long room = aRoom();
    var patch = "{\"a\":1.0,\"b\":100,\"c\":1e2,\"d\":9007199254740993,\"e\":-0.0,\"f\":0.1}";
    get(journal().append(batchOf(room, "n", "u", patch)));
    var read = get(journal().readAfter(room, 0, 1)).getFirst();
    assertThat(JSON.readTree(read.patch())).isEqualTo(JSON.readTree(patch));
  }

  @Test
  default void aDeepAndALargePatchAreKept() {
    long room = aRoom();
    var deep = "{\"a\":".repeat(200) + "null" + "}".repeat(200);
    var large = "{\"a\":\"" + "x".repeat(300_000) + "\"}";
    get(journal().append(batchOf(room, "n", "u", deep)));
    var entry = new Entry(2, UUID.randomUUID(), 1, "n", "u", NOON, large);
    get(journal().append(new Batch(room, 1, List.of(entry))));
    assertThat(get(journal().readAfter(room, 0, 2)).stream().map(Entry::patch))
        .satisfiesExactly(
            one -> assertThat(JSON.readTree(one)).isEqualTo(JSON.readTree(deep)),
            two -> assertThat(JSON.readTree(two)).isEqualTo(JSON.readTree(large)));
  }

  @Test
  default void roomsAreListedByPrefixInOrder() {
    var tag = "z" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    for (var local : List.of("b", "B", "a.1", "a_1", "a-1")) {
      get(journal().create(new RoomName(tag + ":" + local)));
    }
    var all = get(journal().list(tag, 10)).stream().map(room -> room.name().local());
    assertThat(all).containsExactly("B", "a-1", "a.1", "a_1", "b");
    assertThat(get(journal().list(tag + ":a", 2))).hasSize(2);
    assertThat(get(journal().list(tag + ":_", 2))).isEmpty();
    assertThat(get(journal().list(tag + "%\0", 2))).isEmpty();
  }

  @Test
  default void theEpochStays() {
    var epoch = get(journal().epoch());
    assertThat(epoch).isNotBlank();
    get(journal().append(batch(aRoom(), 0, 1)));
    assertThat(get(journal().epoch())).isEqualTo(epoch);
  }

  /** A room that no other test knows. */
  default long aRoom() {
    return get(journal().create(aName())).id();
  }

  private long headOf(long room) {
    return get(journal().heads(List.of(room))).getOrDefault(room, -1L);
  }

  static RoomName aName() {
    return new RoomName("test:" + UUID.randomUUID());
  }

  /** {@code count} entries behind {@code after}. */
  static Batch batch(long room, long after, int count) {
    var entries = LongStream.rangeClosed(after + 1, after + count);
    return new Batch(room, after, entries.mapToObj(JournalContract::entry).toList());
  }

  static Entry entry(long seq) {
    var patch = "{\"tickets\": {\"t1\": {\"column\": \"doing\", \"rank\": \"a%d\"}}}".formatted(seq);
    return new Entry(seq, UUID.randomUUID(), -seq, "ticket.moved", "guest:ana", NOON, patch);
  }

  private static Batch batchOf(long room, String name, String by, String patch) {
    return new Batch(
        room, 0, List.of(new Entry(1, UUID.randomUUID(), 1, name, by, NOON, patch)));
  }

  static List<Long> seqs(List<Entry> entries) {
    return entries.stream().map(Entry::seq).toList();
  }

  static <T> T get(CompletableFuture<T> future) {
    return future.orTimeout(20, TimeUnit.SECONDS).join();
  }

}
