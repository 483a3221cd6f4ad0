package dev.tutti.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.journal.MemoryJournal;
import dev.tutti.journal.Opening;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.RoomName;
import dev.tutti.relay.LocalRelay;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void anAnswerThatDoesNotFindItsWayKeepsNothingFromTheOthers() {
    Rooms rooms = rooms(3 * NOTE_BYTES);
    List<Proposal> proposals = NotesRules.proposals(5, NOTE_BYTES);
    rooms.submit(
        ROOM,
        proposals.getFirst(),
        outcome -> {
          throw new IllegalStateException("Nobody is there.");
        });
    proposals.stream().skip(1).forEach(each -> rooms.submit(ROOM, each, outcomes::add));
    run();
    assertThat(outcomes)
        .hasSize(4)
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Accepted.class));
  }

  @Test
  void aRoomThatDoesNotCopeWithAnAnswerOfTheJournalAsksAgain() {
    var nonsense = new AtomicInteger(3);
    RoomContext context =
        context(
            new MemoryJournal() {
              @Override
              public synchronized CompletableFuture<Opening> opening(
                  RoomName room, int back, int limit) {
                var snapshot =
                    nonsense.getAndDecrement() > 0
                        ? Optional.of(new Snapshot(0, "no document"))
                        : Optional.<Snapshot>empty();
                return super.opening(room, back, limit)
                    .thenApply(
                        read -> new Opening(read.epoch(), read.room(), snapshot, read.entries()));
              }
            },
            NOTE_BYTES);
    Rooms rooms = rooms(context);
    rooms.submit(ROOM, NotesRules.proposals(1, 10).getFirst(), outcomes::add);
    run();
    assertThat(outcomes).containsExactly(new Outcome.Accepted(1));
    assertThat(context.counts().accidents().total()).isEqualTo(3);
  }

  private Rooms rooms(int maxBatchBytes) {
    return rooms(
        context(
            new MemoryJournal() {
              @Override
              public synchronized CompletableFuture<Appended> append(Batch batch) {
                appendedEvents.add(batch.entries().size());
                return super.append(batch);
              }
            },
            maxBatchBytes));
  }

  private Rooms rooms(RoomContext context) {
    return new Rooms(Rulesets.of(List.of(new NotesRules())), context, List.of(home()));
  }

  private static RoomContext context(MemoryJournal journal, int maxBatchBytes) {
    return new RoomContext(
        journal,
        new LocalRelay(),
        new SnapshotWriter(journal, Runnable::run),
        new RoomSettings(Limits.DEFAULTS, 1_000, maxBatchBytes, 60_000, 500, 10_000, 10, 33),
        InstantSource.system(),
        new Random(1));
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
