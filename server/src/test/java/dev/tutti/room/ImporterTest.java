package dev.tutti.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.journal.MemoryJournal;
import dev.tutti.protocol.RoomName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ImporterTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final RoomName ROOM = new RoomName("board:new");

  private final MemoryJournal journal = new MemoryJournal();

  @Test
  void whatACrashLeftIsTakenAwayByAnImportAnHourLater() {
    RoomName crashed = begun(NOON.minus(Duration.ofMinutes(61)));
    RoomName going = begun(NOON.minus(Duration.ofMinutes(59)));
    journal.create(crashed).join();
    journal.create(going).join();

    Outcome outcome =
        new Importer(journal, () -> NOON)
            .bring(ROOM, new Import.Imported(Optional.empty(), List.of(entry())))
            .join();

    assertThat(outcome).isEqualTo(new Outcome.Accepted(1));
    assertThat(journal.list("", "", 10).join())
        .extracting(RoomHead::name)
        .containsExactly(ROOM, going);
  }

  private static RoomName begun(Instant at) {
    return new RoomName("importing:" + at.toEpochMilli() + "-" + UUID.randomUUID());
  }

  private static Entry entry() {
    return new Entry(1, UUID.randomUUID(), 0, "board.renamed", "ana", NOON, "{}");
  }
}
