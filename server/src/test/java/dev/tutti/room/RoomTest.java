package dev.tutti.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.MemoryJournal;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.RoomName;
import dev.tutti.relay.LocalRelay;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final int NOTE_BYTES = 10_000;
  private static final RoomName ROOM = new RoomName("notes:one");

  private final List<Integer> appendedEvents = new ArrayList<>();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  @Test
  void whatOneAppendHasNoBytesForGoesIntoTheNext() {
    Rooms rooms = rooms(3 * NOTE_BYTES);
    NotesRules.proposals(10, NOTE_BYTES)
        .forEach(proposal -> rooms.submit(ROOM, proposal, outcomes::add));
    run();
    assertThat(appendedEvents).containsExactly(3, 3, 3, 1);
    assertThat(outcomes)
        .hasSize(10)
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Accepted.class))
        .first()
        .isEqualTo(new Outcome.Accepted(1));
  }

  private Rooms rooms(int maxBatchBytes) {
    MemoryJournal journal =
        new MemoryJournal() {
          @Override
          public synchronized CompletableFuture<Appended> append(Batch batch) {
            appendedEvents.add(batch.entries().size());
            return super.append(batch);
          }
        };
    RoomContext context =
        new RoomContext(
            journal,
            new LocalRelay(),
            new SnapshotWriter(journal, Runnable::run),
            new RoomSettings(Limits.DEFAULTS, 1_000, maxBatchBytes, 60_000, 500, 10_000, 10, 33),
            InstantSource.system(),
            new Random(1));
    return new Rooms(Rulesets.of(List.of(new NotesRules())), context, List.of(home()));
  }

  /** Runs tasks in order, late ones too, when asked. */
  private Home home() {
    return new Home() {
      @Override
      public void execute(Runnable task) {
        tasks.add(task);
      }

      @Override
      public void later(long millis, Runnable task) {
        tasks.add(task);
      }
    };
  }

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
  }
}
