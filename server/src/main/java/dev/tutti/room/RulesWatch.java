package dev.tutti.room;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks again and again whether rules are over their budget of time. Has a thread of its own from
 * the first room type on that did not come with the server.
 */
public final class RulesWatch implements AutoCloseable {
  /** How often it looks while one budget passes. */
  private static final int LOOKS_PER_BUDGET = 4;

  private final Duration budget;
  private final RulesCounts counts;
  private final List<RulesThread> threads = new CopyOnWriteArrayList<>();
  private @Nullable ScheduledExecutorService clock;

  /** A watch that gives each command so much time. */
  public RulesWatch(Duration budget, RulesCounts counts) {
    this.budget = budget;
    this.counts = counts;
  }

  /** What went wrong with rules so far, with those that come with the server not counted. */
  public RulesCounts counts() {
    return counts;
  }

  /** A thread for the rules of a type. */
  synchronized Deciding over(String type) {
    if (clock == null) {
      clock =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("rules-watch").factory());
      long everyMicros = Math.max(1, budget.toNanos() / 1_000 / LOOKS_PER_BUDGET);
      clock.scheduleAtFixedRate(this::look, everyMicros, everyMicros, TimeUnit.MICROSECONDS);
    }
    RulesThread thread = new RulesThread(type, budget, counts);
    threads.add(thread);
    return thread;
  }

  private void look() {
    threads.forEach(RulesThread::look);
  }

  /** Ends the threads that can be ended. */
  @Override
  public synchronized void close() {
    if (clock != null) {
      clock.shutdownNow();
    }
    threads.forEach(RulesThread::close);
  }
}
