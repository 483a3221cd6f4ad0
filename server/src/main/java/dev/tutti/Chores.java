package dev.tutti;

import dev.tutti.room.Rooms;
import dev.tutti.session.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done again and again: a thread that only ever hands work to others. */
final class Chores implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Chores.class);
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("chores").daemon().factory());
  private final Rooms rooms;
  private final Sessions sessions;
  private final Healing healing;

  private final List<Runnable> everySecond;

  /**
   * @param everySecond what else is to be done each second; it must not wait
   */
  Chores(Rooms rooms, Sessions sessions, Healing healing, List<Runnable> everySecond) {
    this.everySecond = List.copyOf(everySecond);
    this.rooms = rooms;
    this.sessions = sessions;
    this.healing = healing;
  }

  void start() {
    every(SWEEP, sessions::sweep);
    every(SWEEP, rooms::sweep);
    everySecond.forEach(chore -> every(SWEEP, chore));
    every(Duration.ofMillis(Healing.TICK_MILLIS), healing::tick);
  }

  private void every(Duration pause, Runnable chore) {
    Runnable guarded =
        () -> {
          try {
            chore.run();
          } catch (RuntimeException e) {
            // A chore that throws would never run again.
            log.error("A chore failed", e);
          }
        };
    thread.scheduleWithFixedDelay(
        guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
