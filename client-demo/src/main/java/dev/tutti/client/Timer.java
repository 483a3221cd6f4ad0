package dev.tutti.client;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One task that is due later; started again it is due anew. Under the connection's lock. */
final class Timer {
  /** One thread for all connections: what is due only takes locks for a moment. */
  private static final ScheduledExecutorService CLOCK = clock();

  private final Object lock;
  private @Nullable Future<?> due;

  Timer(Object lock) {
    this.lock = lock;
  }

  void start(long millis, Runnable task) {
    stop();
    Object[] own = new Object[1];
    synchronized (lock) {
      Future<?> mine =
          CLOCK.schedule(
              () -> {
                synchronized (lock) {
                  if (due != null && due == own[0]) {
                    due = null;
                    task.run();
                  }
                }
              },
              millis,
              TimeUnit.MILLISECONDS);
      own[0] = mine;
      due = mine;
    }
  }

  void stop() {
    if (due != null) {
      due.cancel(false);
      due = null;
    }
  }

  boolean isRunning() {
    return due != null;
  }

  private static ScheduledExecutorService clock() {
    var clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("tutti-clock").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }
}
