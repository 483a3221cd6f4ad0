package dev.tutti.ops;

import dev.tutti.measure.Distribution;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How late the event loops are: twice a second each is given a task, and what that waits everything
 * else on its loop waits too. The thread only hands out.
 */
final class LoopLag implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Distribution seen = Distribution.ofNanos();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("loop-lag").daemon().factory());

  Distribution seen() {
    return seen;
  }

  void watch(Collection<? extends Executor> loops) {
    thread.scheduleWithFixedDelay(
        () -> loops.forEach(this::ask), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void ask(Executor loop) {
    long postedNanos = System.nanoTime();
    loop.execute(() -> seen.since(postedNanos));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
