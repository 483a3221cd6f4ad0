package dev.tutti.world;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.journal.JournalException;
import dev.tutti.protocol.RoomName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One instance's connection to the database: slow, refusing, or broken in the very moment of a
 * commit. What was sent before the instance died may still commit.
 */
class FaultyJournal implements Journal {
  private static final long LATE_MICROS = 300_000;

  private final World world;
  private final Schedule schedule;
  private final Database database;
  private boolean dead;

  /** Calls that a quiet room has no reason to make. */
  private long calls;

  FaultyJournal(World world) {
    this.world = world;
    this.schedule = world.schedule();
    this.database = world.database();
  }

  /** The process is gone: it hears no answers any more. */
  void die() {
    dead = true;
  }

  boolean isDead() {
    return dead;
  }

  long calls() {
    return calls;
  }

  Database database() {
    return database;
  }

  Schedule schedule() {
    return schedule;
  }

  @Override
  public CompletableFuture<Appended> append(Batch batch) {
    calls++;
    CompletableFuture<Appended> answer = new CompletableFuture<>();
    Weather weather = world.weather();
    if (schedule.chance(weather.unavailable())) {
      answer(answer, new Appended.Unavailable(new JournalException("The journal is down.")));
    } else if (schedule.chance(weather.skipped())) {
      answer(answer, new Appended.Lost());
    } else if (schedule.chance(weather.unknown())) {
      breakDuring(batch, answer);
    } else {
      int life = database.life();
      schedule.after(transit(), () -> answer(answer, apply(batch, life)));
    }
    return answer;
  }

  /** Applied before the connection breaks, or later, or never. */
  private void breakDuring(Batch batch, CompletableFuture<Appended> answer) {
    int life = database.life();
    long appliedAfter =
        switch (schedule.random().nextInt(3)) {
          case 0 -> 0;
          case 1 -> schedule.micros(1_000, LATE_MICROS);
          default -> -1;
        };
    if (appliedAfter >= 0) {
      schedule.after(appliedAfter, () -> apply(batch, life));
    }
    answer(answer, new Appended.Unknown(new JournalException("The connection broke.")));
  }

  /** What was sent to a primary does not reach the one that took over. */
  private Appended apply(Batch batch, int life) {
    return life == database.life()
        ? database.append(batch)
        : new Appended.Unknown(new JournalException("The primary is gone."));
  }

  private <T> void answer(CompletableFuture<T> answer, T outcome) {
    schedule.after(
        transit(),
        () -> {
          if (!dead) {
            answer.complete(outcome);
          }
        });
  }

  private long transit() {
    return schedule.chance(world.weather().slow())
        ? schedule.micros(1_000, 250_000)
        : schedule.micros(100, 1_000);
  }

  private <T> CompletableFuture<T> ask(Function<Journal, CompletableFuture<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    boolean fails = schedule.chance(world.weather().unreadable());
    schedule.after(
        transit(),
        () -> {
          if (fails) {
            schedule.after(transit(), () -> fail(answer));
          } else {
            answer(answer, question.apply(database.journal()).join());
          }
        });
    return answer;
  }

  private <T> void fail(CompletableFuture<T> answer) {
    if (!dead) {
      answer.completeExceptionally(new JournalException("The journal cannot be read."));
    }
  }

  @Override
  public CompletableFuture<String> epoch() {
    return ask(Journal::epoch);
  }

  @Override
  public CompletableFuture<Optional<RoomHead>> find(RoomName room) {
    return ask(j -> j.find(room));
  }

  @Override
  public CompletableFuture<RoomHead> create(RoomName room) {
    calls++;
    return ask(j -> j.create(room));
  }

  @Override
  public CompletableFuture<List<Entry>> readAfter(long room, long after, int limit) {
    calls++;
    return ask(j -> j.readAfter(room, after, limit));
  }

  @Override
  public CompletableFuture<List<Entry>> readBefore(long room, long before, int limit) {
    calls++;
    return ask(j -> j.readBefore(room, before, limit));
  }

  @Override
  public CompletableFuture<Map<UUID, KnownKey>> known(long room, Collection<UUID> keys) {
    calls++;
    List<UUID> asked = List.copyOf(keys);
    return ask(j -> j.known(room, asked));
  }

  @Override
  public CompletableFuture<Map<Long, Long>> heads(Collection<Long> rooms) {
    List<Long> asked = List.copyOf(rooms);
    return ask(j -> j.heads(asked));
  }

  @Override
  public CompletableFuture<Optional<Snapshot>> snapshot(long room) {
    calls++;
    return ask(j -> j.snapshot(room));
  }

  @Override
  public CompletableFuture<Void> save(String epoch, long room, Snapshot snapshot) {
    calls++;
    return ask(j -> j.save(epoch, room, snapshot));
  }

  @Override
  public CompletableFuture<List<RoomHead>> list(String prefix, int limit) {
    return ask(j -> j.list(prefix, limit));
  }

  @Override
  public void close() {}
}
