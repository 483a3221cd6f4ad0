package dev.tutti.world;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.journal.JournalException;
import dev.tutti.journal.Opening;
import dev.tutti.journal.Stretch;
import dev.tutti.protocol.EntityName;
import dev.tutti.protocol.RoomName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One instance's connection to the database: slow, refusing, or broken in the very moment of a
 * commit. What was sent before the instance died may still commit.
 */
class FaultyJournal implements Journal {
  private static final long LATE_MICROS = 300_000;

  private static final List<Fate> BROKEN =
      List.of(Fate.BROKEN_BEFORE, Fate.BROKEN_WHILE, Fate.BROKEN_BEHIND);

  /** What becomes of an append. */
  enum Fate {
    /** Carried out and answered. */
    ANSWERED,
    /** Carried out at once, but answered much later. */
    ANSWERED_LATE,
    /** Turned down. */
    DOWN,
    /** Lost to a lock. */
    SKIPPED,
    /** The connection broke before it was carried out: it never is. */
    BROKEN_BEFORE,
    /** The connection broke, and it is carried out later. */
    BROKEN_WHILE,
    /** The connection broke when it was carried out already. */
    BROKEN_BEHIND
  }

  private final World world;
  private final Schedule schedule;
  private final Database database;
  private final Queue<Fate> decreed = new ArrayDeque<>();
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

  /** What becomes of the next append that nothing else was decreed for. */
  void decree(Fate fate) {
    decreed.add(fate);
  }

  @Override
  public CompletableFuture<Appended> append(Batch batch) {
    calls++;
    CompletableFuture<Appended> answer = new CompletableFuture<>();
    int life = database.life();
    Fate fate = decreed.isEmpty() ? fate() : decreed.remove();
    world.trace(() ->
        "instance %d appends %d to %d of room %d: %s"
            .formatted(world.numberOf(this), batch.after() + 1, batch.head(), batch.room(), fate));
    switch (fate) {
      case ANSWERED -> schedule.after(transit(), () -> answer(answer, apply(batch, life)));
      case ANSWERED_LATE -> {
        Appended outcome = apply(batch, life);
        schedule.after(LATE_MICROS, () -> answer(answer, outcome));
      }
      case DOWN ->
          answer(answer, new Appended.Unavailable(new JournalException("The journal is down.")));
      case SKIPPED -> answer(answer, new Appended.Lost());
      case BROKEN_BEFORE -> answer(answer, unknown());
      case BROKEN_BEHIND -> {
        apply(batch, life);
        answer(answer, unknown());
      }
      case BROKEN_WHILE -> {
        schedule.after(schedule.micros(1_000, LATE_MICROS), () -> apply(batch, life));
        answer(answer, unknown());
      }
    }
    return answer;
  }

  private Fate fate() {
    Weather weather = world.weather();
    if (schedule.chance(weather.unavailable())) {
      return Fate.DOWN;
    } else if (schedule.chance(weather.skipped())) {
      return Fate.SKIPPED;
    } else if (schedule.chance(weather.unknown())) {
      return BROKEN.get(schedule.random().nextInt(BROKEN.size()));
    }
    return Fate.ANSWERED;
  }

  private static Appended unknown() {
    return new Appended.Unknown(new JournalException("The connection broke."));
  }

  /** What was sent to a primary does not reach the one that took over. */
  private Appended apply(Batch batch, int life) {
    if (life == database.life()) {
      Appended outcome = database.append(batch);
      world.trace(() ->
          "instance %d %s %d to %d of room %d"
              .formatted(
                  world.numberOf(this),
                  outcome.getClass().getSimpleName(),
                  batch.after() + 1,
                  batch.head(),
                  batch.room()));
      return outcome;
    }
    return new Appended.Unknown(new JournalException("The primary is gone."));
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
  public CompletableFuture<List<RoomHead>> findAll(Collection<RoomName> rooms) {
    List<RoomName> asked = List.copyOf(rooms);
    return ask(j -> j.findAll(asked));
  }

  @Override
  public CompletableFuture<Opening> opening(RoomName room, int back, int limit) {
    calls++;
    return ask(j -> j.opening(room, back, limit));
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
  public CompletableFuture<Stretch> stretch(long room, long after, int limit) {
    calls++;
    return ask(j -> j.stretch(room, after, limit));
  }

  @Override
  public CompletableFuture<List<Entry>> readBefore(long room, long before, int limit) {
    calls++;
    return ask(j -> j.readBefore(room, before, limit));
  }

  @Override
  public CompletableFuture<List<Entry>> readTouching(
      long room, EntityName entity, long from, long before, int limit) {
    calls++;
    return ask(j -> j.readTouching(room, entity, from, before, limit));
  }

  @Override
  public CompletableFuture<Boolean> rename(long room, RoomName name) {
    calls++;
    return ask(j -> j.rename(room, name));
  }

  @Override
  public CompletableFuture<Void> discard(long room) {
    calls++;
    return ask(j -> j.discard(room));
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
  public CompletableFuture<Void> save(String epoch, long room, Snapshot snapshot) {
    calls++;
    return ask(j -> j.save(epoch, room, snapshot));
  }

  @Override
  public CompletableFuture<Integer> trim(String epoch, long room, long behind, Instant before) {
    calls++;
    return ask(j -> CompletableFuture.completedFuture(database.trim(epoch, room, behind, before)));
  }

  @Override
  public CompletableFuture<Void> begin(long room, Snapshot from) {
    calls++;
    return ask(j -> j.begin(room, from));
  }

  @Override
  public CompletableFuture<List<RoomHead>> list(String prefix, String after, int limit) {
    return ask(j -> j.list(prefix, after, limit));
  }

  @Override
  public void close() {}
}
