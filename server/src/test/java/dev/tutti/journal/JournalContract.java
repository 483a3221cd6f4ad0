package dev.tutti.journal;

import static dev.tutti.journal.Samples.NOON;
import static dev.tutti.journal.Samples.aName;
import static dev.tutti.journal.Samples.batch;
import static dev.tutti.journal.Samples.batchOf;
import static dev.tutti.journal.Samples.entry;
import static dev.tutti.journal.Samples.get;
import static dev.tutti.journal.Samples.seqs;
import static dev.tutti.journal.Samples.won;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.Journal.KnownKey;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.protocol.EntityName;
import dev.tutti.protocol.RoomName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every journal does, appends and all else. Each implementation runs it; a test makes rooms of
 * its own.
 */
public interface JournalContract extends AppendContract {
  JsonMapper JSON = new JsonMapper();
  Instant LATER = NOON.plusSeconds(1);

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
    assertThat(all.stream().map(Samples::get).distinct()).hasSize(1);
  }

  @Test
  default void pagesAreReadForwards() {
    long room = aRoom();
    won(journal().append(batch(room, 0, 10)));
    assertThat(seqs(get(journal().readAfter(room, 0, 3)))).containsExactly(1L, 2L, 3L);
    assertThat(seqs(get(journal().readAfter(room, 8, 3)))).containsExactly(9L, 10L);
    assertThat(get(journal().readAfter(room, 10, 3))).isEmpty();
    assertThat(get(journal().readAfter(room, 99, 3))).isEmpty();
  }

  @Test
  default void pagesAreReadBackwardsAndComeAscending() {
    long room = aRoom();
    won(journal().append(batch(room, 0, 10)));
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
    assertThat(get(journal().stretch(nobody, 0, 1)).entries()).isEmpty();
    assertThat(get(journal().findAll(List.of(aName())))).isEmpty();
    assertThat(get(journal().opening(aName(), 9, 9)).room()).isEmpty();
  }

  @Test
  default void knownKeysSayWhereTheyWereApplied() {
    long room = aRoom();
    var first = entry(1);
    var second = entry(2);
    won(journal().append(new Batch(room, 0, List.of(first, second))));
    assertThat(get(journal().known(room, List.of(second.key(), UUID.randomUUID()))))
        .isEqualTo(Map.of(second.key(), new KnownKey(2, second.digest())));
    assertThat(get(journal().known(room, List.of()))).isEmpty();
  }

  @Test
  default void aSnapshotIsKeptUnlessALaterOneIsThere() {
    var name = aName();
    long room = get(journal().create(name)).id();
    assertThat(snapshot(name)).isEmpty();
    var epoch = get(journal().epoch());
    get(journal().save(epoch, room, new Snapshot(5, "{\"a\":1}")));
    assertThat(snapshot(name)).contains(new Snapshot(5, "{\"a\":1}"));
    get(journal().save(epoch, room, new Snapshot(4, "{}")));
    assertThat(snapshot(name).orElseThrow().seq()).isEqualTo(5);
    get(journal().save(epoch, room, new Snapshot(9, "{\"a\":2}")));
    assertThat(snapshot(name)).contains(new Snapshot(9, "{\"a\":2}"));
  }

  private Optional<Snapshot> snapshot(RoomName name) {
    return get(journal().opening(name, 0, 1)).snapshot();
  }

  @Test
  default void anOpeningIsOfTheHeadAndItsLife() {
    var room = get(journal().create(aName()));
    won(journal().append(batch(room.id(), 0, 3)));
    var opening = get(journal().opening(room.name(), 0, 9));
    assertThat(opening.room()).contains(new RoomHead(room.id(), room.name(), 3));
    assertThat(opening.epoch()).isEqualTo(get(journal().epoch()));
    assertThat(opening.entries()).isEqualTo(get(journal().readAfter(room.id(), 0, 9))).hasSize(3);
  }

  @Test
  default void anOpeningBringsWhatIsBehindTheSnapshotAndTheLastEventsInAnyCase() {
    var room = get(journal().create(aName()));
    won(journal().append(batch(room.id(), 0, 20)));
    assertThat(opened(room, 3, 30)).hasSize(20);
    get(journal().save(get(journal().epoch()), room.id(), new Snapshot(15, "{\"a\":1}")));
    assertThat(opened(room, 3, 30)).containsExactly(16L, 17L, 18L, 19L, 20L);
    assertThat(opened(room, 7, 30)).hasSize(7).startsWith(14L).endsWith(20L);
    assertThat(opened(room, 7, 2)).containsExactly(14L, 15L);
    assertThat(opened(room, 700, 30)).hasSize(20);
    get(journal().save(get(journal().epoch()), room.id(), new Snapshot(20, "{\"a\":2}")));
    assertThat(opened(room, 0, 30)).isEmpty();
    assertThat(snapshot(room.name())).contains(new Snapshot(20, "{\"a\":2}"));
  }

  private List<Long> opened(RoomHead room, int back, int limit) {
    return seqs(get(journal().opening(room.name(), back, limit)).entries());
  }

  @Test
  default void aStretchIsAPageAndItsLife() {
    long room = aRoom();
    won(journal().append(batch(room, 0, 10)));
    var page = get(journal().stretch(room, 7, 2));
    assertThat(page.entries()).isEqualTo(get(journal().readAfter(room, 7, 2)));
    assertThat(seqs(page.entries())).containsExactly(8L, 9L);
    assertThat(page.epoch()).isEqualTo(get(journal().epoch()));
    assertThat(get(journal().stretch(room, 10, 2))).isEqualTo(new Stretch(page.epoch(), List.of()));
  }

  @Test
  default void manyRoomsAreFoundAtOnce() {
    var one = get(journal().create(aName()));
    var other = get(journal().create(aName()));
    assertThat(get(journal().findAll(List.of(one.name(), aName(), other.name()))))
        .containsExactlyInAnyOrder(one, other);
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
    won(journal().append(new Batch(room, 0, entries)));
    assertThat(get(journal().readAfter(room, 0, 9)).stream().map(Entry::at))
        .containsExactly(Instant.parse("2026-11-22T12:00:00.123456Z"), old);
  }

  @Test
  default void textOfEveryLanguageComesBackTheSame() {
    long room = aRoom();
    var words = "Zoë 看板 \uD83C\uDFBB \"quoted\" \\ back\nline {a,b} NULL ''";
    var patch = JSON.createObjectNode().put("title", words).put(words, "x").toString();
    won(journal().append(batchOf(room, words, words, patch)));
    var read = get(journal().readAfter(room, 0, 1)).getFirst();
    assertThat(read.name()).isEqualTo(words);
    assertThat(read.by()).isEqualTo(words);
    assertThat(JSON.readTree(read.patch())).isEqualTo(JSON.readTree(patch));
  }

  @Test
  default void numbersComeBackTheSame() {
    long room = aRoom();
    var patch = "{\"a\":1.0,\"b\":100,\"c\":1e2,\"d\":9007199254740993,\"e\":-0.0,\"f\":0.1}";
    won(journal().append(batchOf(room, "n", "u", patch)));
    var read = get(journal().readAfter(room, 0, 1)).getFirst();
    assertThat(JSON.readTree(read.patch())).isEqualTo(JSON.readTree(patch));
  }

  @Test
  default void aDeepAndALargePatchAreKept() {
    long room = aRoom();
    var deep = "{\"a\":".repeat(200) + "null" + "}".repeat(200);
    var large = "{\"a\":\"" + "x".repeat(300_000) + "\"}";
    won(journal().append(batchOf(room, "n", "u", deep)));
    var entry = new Entry(2, UUID.randomUUID(), 1, "n", "u", NOON, large);
    won(journal().append(new Batch(room, 1, List.of(entry))));
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
    var all = get(journal().list(tag, "", 10)).stream().map(room -> room.name().local());
    assertThat(all).containsExactly("B", "a-1", "a.1", "a_1", "b");
    assertThat(get(journal().list(tag + ":a", "", 2))).hasSize(2);
    var behind = get(journal().list(tag, tag + ":a-1", 10)).stream().map(r -> r.name().local());
    assertThat(behind).containsExactly("a.1", "a_1", "b");
    assertThat(get(journal().list(tag + ":_", "", 2))).isEmpty();
    assertThat(get(journal().list(tag + "%\0", "", 2))).isEmpty();
  }

  @Test
  default void theEntriesOfOneEntityAreFoundFromTheNewestOn() {
    long room = aRoom();
    var patches =
        List.of(
            "{\"tickets\":{\"t1\":{\"a\":1}}}",
            "{\"tickets\":{\"t2\":{\"a\":\"t1\"}}}",
            "{\"tickets\":{\"t1\":null}}",
            "{\"comments\":{\"t1\":{}}}",
            "{\"tickets\":{\"t1\":{},\"q\\\"\":{}}}");
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < patches.size(); i++) {
      var e = entry(i + 1);
      entries.add(
          new Entry(e.seq(), e.key(), e.digest(), e.name(), e.by(), e.at(), patches.get(i)));
    }
    won(journal().append(new Batch(room, 0, entries)));
    var t1 = new EntityName("tickets", "t1");
    assertThat(seqs(get(journal().readTouching(room, t1, 1, 9, 9)))).containsExactly(1L, 3L, 5L);
    assertThat(seqs(get(journal().readTouching(room, t1, 1, 9, 2)))).containsExactly(3L, 5L);
    assertThat(seqs(get(journal().readTouching(room, t1, 2, 5, 9)))).containsExactly(3L);
    assertThat(seqs(get(journal().readTouching(room, EntityName.of("tickets"), 1, 9, 9))))
        .hasSizeGreaterThan(3);
    var none = EntityName.of("columns");
    assertThat(get(journal().readTouching(room, none, 1, 9, 9))).isEmpty();
    var quoted = new EntityName("tickets", "q\"");
    assertThat(seqs(get(journal().readTouching(room, quoted, 1, 9, 9)))).containsExactly(5L);
    var zero = new EntityName("tickets", "t\0");
    assertThat(get(journal().readTouching(room, zero, 1, 9, 9))).isEmpty();
  }

  private static List<Long> seqs(List<Entry> entries) {
    return entries.stream().map(Entry::seq).toList();
  }

  @Test
  default void aRoomIsRenamedOnlyToANameThatIsFree() {
    String tag = "r" + Long.toString(System.nanoTime(), 36);
    var made = get(journal().create(new RoomName("hidden:" + tag)));
    var taken = get(journal().create(new RoomName(tag + ":taken")));
    won(journal().append(new Batch(made.id(), 0, List.of(entry(1)))));
    assertThat(get(journal().rename(made.id(), taken.name()))).isFalse();
    assertThat(get(journal().rename(made.id(), new RoomName(tag + ":free")))).isTrue();
    assertThat(get(journal().find(made.name()))).isEmpty();
    var found = get(journal().find(new RoomName(tag + ":free"))).orElseThrow();
    assertThat(found.id()).isEqualTo(made.id());
    assertThat(get(journal().list(tag, "", 9))).hasSize(2);
    get(journal().discard(found.id()));
    assertThat(get(journal().find(found.name()))).isEmpty();
    assertThat(get(journal().readAfter(found.id(), 0, 9))).isEmpty();
  }

  @Test
  default void whatWasDecidedInAnotherLifeOfTheJournalLoses() {
    long room = aRoom();
    var ours = new Batch(get(journal().epoch()), room, 0, List.of(entry(1)));
    var foreign = new Batch("another life", room, 1, List.of(entry(2)));
    assertThat(get(journal().append(ours))).isEqualTo(new Appended.Won());
    assertThat(get(journal().append(foreign))).isEqualTo(new Appended.Lost());
    assertThat(get(journal().readAfter(room, 0, 9))).hasSize(1);
  }

  @Test
  default void aSnapshotOfAnotherLifeOfTheJournalIsNotKept() {
    var name = aName();
    long room = get(journal().create(name)).id();
    get(journal().save("another life", room, new Snapshot(5, "{}")));
    assertThat(snapshot(name)).isEmpty();
  }

  @Test
  default void whatIsOldAndWellBehindTheSnapshotIsLetGoOfWithItsKeys() {
    var name = aName();
    long room = get(journal().create(name)).id();
    var epoch = get(journal().epoch());
    var first = batch(room, 0, 10);
    won(journal().append(first));
    assertThat(get(journal().trim(epoch, room, 0, LATER))).isZero();
    get(journal().save(epoch, room, new Snapshot(8, "{}")));
    assertThat(get(journal().trim("another life", room, 2, LATER))).isZero();
    assertThat(get(journal().trim(epoch, room, 2, NOON))).isZero();
    assertThat(get(journal().trim(epoch, room, 2, LATER))).isEqualTo(6);
    assertThat(get(journal().trim(epoch, room, 2, LATER))).isZero();

    assertThat(headOf(room)).isEqualTo(10);
    assertThat(seqs(get(journal().readAfter(room, 0, 2)))).containsExactly(7L, 8L);
    assertThat(seqs(get(journal().stretch(room, 3, 2)).entries())).containsExactly(7L, 8L);
    assertThat(seqs(get(journal().readBefore(room, 9, 5)))).containsExactly(7L, 8L);
    assertThat(get(journal().readBefore(room, 7, 5))).isEmpty();
    var tickets = EntityName.of("tickets");
    assertThat(seqs(get(journal().readTouching(room, tickets, 1, 9, 9)))).containsExactly(7L, 8L);
    var keys = first.entries().stream().map(Entry::key).toList();
    assertThat(get(journal().known(room, keys)).keySet())
        .containsExactlyInAnyOrderElementsOf(keys.subList(6, 10));
    assertThat(snapshot(name)).contains(new Snapshot(8, "{}"));
    won(journal().append(batch(room, 10, 1)));
  }

  @Test
  default void whatIsYoungStaysAndAllThatFollowsIt() {
    long room = aRoom();
    var epoch = get(journal().epoch());
    var entries = new ArrayList<Entry>();
    for (long seq = 1; seq <= 6; seq++) {
      var at = seq == 3 ? LATER : NOON;
      entries.add(new Entry(seq, UUID.randomUUID(), 1, "n", "u", at, "{}"));
    }
    won(journal().append(new Batch(room, 0, entries)));
    get(journal().save(epoch, room, new Snapshot(6, "{}")));
    assertThat(get(journal().trim(epoch, room, 0, LATER))).isEqualTo(2);
    assertThat(seqs(get(journal().readAfter(room, 0, 9)))).containsExactly(3L, 4L, 5L, 6L);
    get(journal().save(epoch, room, new Snapshot(7, "{}")));
    assertThat(get(journal().trim(epoch, room, 0, LATER))).isZero();
  }

  @Test
  default void onlySomeAreLetGoOfAtOnce() {
    long room = aRoom();
    var epoch = get(journal().epoch());
    int most = Journal.MAX_TRIMMED;
    for (int after = 0; after < most; after += 500) {
      won(journal().append(batch(room, after, 500)));
    }
    won(journal().append(batch(room, most, 10)));
    get(journal().save(epoch, room, new Snapshot(most + 10, "{}")));
    assertThat(get(journal().trim(epoch, room, 0, LATER))).isEqualTo(most);
    assertThat(get(journal().trim(epoch, room, 0, LATER))).isEqualTo(10);
    assertThat(get(journal().readAfter(room, 0, 9))).isEmpty();
    assertThat(headOf(room)).isEqualTo(most + 10);
  }

  @Test
  default void aRoomThatBeginsWithASnapshotGoesOnBehindIt() {
    var name = aName();
    long room = get(journal().create(name)).id();
    var base = new Snapshot(41, "{\"a\":1}");
    get(journal().begin(room, base));
    assertThat(snapshot(name)).contains(base);
    assertThat(headOf(room)).isEqualTo(41);
    won(journal().append(batch(room, 41, 2)));
    assertThat(seqs(get(journal().readAfter(room, 0, 9)))).containsExactly(42L, 43L);
    get(journal().begin(room, new Snapshot(99, "{}")));
    assertThat(headOf(room)).isEqualTo(43);
    get(journal().discard(room));
    assertThat(get(journal().create(name)).head()).isZero();
    assertThat(snapshot(name)).isEmpty();
  }

  @Test
  default void theEpochStays() {
    var epoch = get(journal().epoch());
    assertThat(epoch).isNotBlank();
    won(journal().append(batch(aRoom(), 0, 1)));
    assertThat(get(journal().epoch())).isEqualTo(epoch);
  }
}
