package dev.tutti.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.Tutti;
import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.postgres.PostgresJournal;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.protocol.RoomName;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerificationTest {
  private final PostgresSettings database = TestPostgres.database();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void twoRoomsOfTenEventsAndSnapshotsAtFive() {
    try (PostgresJournal journal = PostgresJournal.open(database)) {
      fill(journal, "board:a");
      fill(journal, "board:b");
    }
  }

  private static void fill(PostgresJournal journal, String name) {
    long room = journal.create(new RoomName(name)).join().id();
    List<Entry> entries = LongStream.rangeClosed(1, 10).mapToObj(VerificationTest::entry).toList();
    assertThat(journal.append(new Batch(room, 0, entries)).join()).isInstanceOf(Appended.Won.class);
    String document = "{\"tickets\":{\"t0\":{\"at\":4},\"t1\":{\"at\":5}}}";
    journal.save(journal.epoch().join(), room, new Journal.Snapshot(5, document)).join();
  }

  private static Entry entry(long seq) {
    String patch = "{\"tickets\":{\"t%d\":{\"at\":%d}}}".formatted(seq % 2, seq);
    return new Entry(seq, UUID.randomUUID(), seq, "moved", "ana", Instant.EPOCH, patch);
  }

  private int verify() {
    printed.reset();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return Tutti.commandLine(
            Map.of("TUTTI_POSTGRES_PASSWORD", database.password()),
            InstantSource.system(),
            out,
            (config, check, to) -> {})
        .execute(
            "verify",
            "--postgres-url",
            database.jdbcUrl().substring("jdbc:".length()),
            "--postgres-user",
            database.user());
  }

  private void finds(String damage, String finding) {
    TestPostgres.execute(database, damage);
    assertThat(verify()).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains(finding);
  }

  @Test
  void aSoundJournalAgrees() {
    assertThat(verify()).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("2 rooms, 20 events: all agrees")
        .containsPattern("board:a +10 +10 +5 +ok");
  }

  @Test
  void aRoomWithoutASnapshotOrAnEventAgrees() {
    TestPostgres.execute(
        database,
        "delete from snapshot; insert into room (type, name) values ('board', 'board:c')");
    assertThat(verify()).isZero();
  }

  @Test
  void eventsThatWereLetGoAreCoveredByTheSnapshot() {
    TestPostgres.execute(database, "delete from event where seq <= 5");
    assertThat(verify()).isZero();
    TestPostgres.execute(database, "delete from event where seq <= 7");
    assertThat(verify()).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("no snapshot covers them");
  }

  @Test
  void aMissingEventIsFound() {
    finds("delete from event where room = 1 and seq = 7", "events 7 to 7 are missing");
    assertThat(printed.toString(StandardCharsets.UTF_8)).containsPattern("board:b .* ok");
  }

  @Test
  void aMissingTailIsFound() {
    finds(
        "delete from event where room = 1 and seq > 8", "the head is 10, and the last event is 8");
  }

  @Test
  void aHeadThatWasMovedIsFound() {
    finds("update room set head = 11 where id = 2", "the head is 11, and the last event is 10");
  }

  @Test
  void aChangedPatchIsFoundByTheSnapshotBehindIt() {
    finds(
        "update event set patch = '{\"tickets\":{\"t9\":{}}}' where room = 1 and seq = 3",
        "the snapshot at 5 is not what the events up to it give");
  }

  @Test
  void aChangedSnapshotIsFound() {
    finds(
        "update snapshot set document = replace(document, '5', '6') where room = 1",
        "the snapshot at 5 is not what the events up to it give");
  }

  @Test
  void aSnapshotThatIsNoDocumentIsFound() {
    finds("update snapshot set document = '[' where room = 1", "the snapshot at 5 is no document");
  }

  @Test
  void aSnapshotBeyondTheHeadIsFound() {
    finds("update snapshot set seq = 12 where room = 1", "beyond the head");
  }

  @Test
  void aKeyThatHappenedTwiceIsFound() {
    finds(
        "alter table event drop constraint event_room_key_key;"
            + " update event set key = (select key from event where room = 1 and seq = 1)"
            + " where room = 1 and seq = 2",
        "1 keys happened twice in their room");
  }

  @Test
  void anEventOfNoRoomIsFound() {
    finds("delete from room where id = 2", "11 events or snapshots belong to no room");
  }

  @Test
  void aCopyOfTheDatabaseIsTheSameLifeUntilItIsNamedAnew() {
    try (PostgresJournal journal = PostgresJournal.open(database)) {
      String before = journal.epoch().join();
      TestPostgres.execute(database, "update journal set id = gen_random_uuid()");
      assertThat(journal.epoch().join()).isNotEqualTo(before);
    }
  }
}
