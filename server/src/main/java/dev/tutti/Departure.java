package dev.tutti;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way out of a process, step by step on one thread. From {@link #within} on all steps share one
 * deadline: each may take half of what is left, the last one all of it, so that one that hangs
 * leaves time to those behind it. What does not end in time is left to its fate. Once {@link
 * #hurry} was called, from any thread, nobody waits for anything that the journal does not need.
 */
final class Departure {
  private static final Logger log = LoggerFactory.getLogger(Departure.class);

  private final CompletableFuture<Void> hurried = new CompletableFuture<>();

  // Only accessed by the thread that leaves.
  private long endNanos = System.nanoTime();

  /** A step that blocks; it is told how long it will be waited for. */
  interface Step {
    void within(Duration limit);
  }

  /** All steps that follow are over in this time, whatever they wait for. */
  void within(Duration limit) {
    endNanos = System.nanoTime() + limit.toNanos();
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }

  /** Ends the step that is waited for, and all that come. */
  void hurry() {
    if (hurried.complete(null)) {
      log.info("Told to end once more: hurrying.");
    }
  }

  /** Lets time pass, unless in a hurry. */
  void pause(Duration length) {
    reached(hurried, length);
  }

  /** Waits for a step that is under way, unless in a hurry. */
  void await(String step, CompletableFuture<?> work, Duration limit) {
    if (!reached(CompletableFuture.anyOf(work, hurried), limit)) {
      log.warn("Shutting down: {} did not end within {} ms.", step, limit.toMillis());
    } else if (!work.isDone()) {
      log.warn("Shutting down in a hurry: {} was not waited for.", step);
    } else if (work.isCompletedExceptionally()) {
      log.warn("Shutting down: {} failed: {}", step, work.exceptionNow().toString());
    }
  }

  /** The same, for half of what is left. */
  void await(String step, CompletableFuture<?> work) {
    await(step, work, left().dividedBy(2));
  }

  /** Does what blocks; waits for half of what is left, even in a hurry. */
  void block(String step, Step work) {
    block(step, work, left().dividedBy(2));
  }

  /** The last that blocks: all that is left is for it. */
  void last(String step, Step work) {
    block(step, work, left());
  }

  private static void block(String step, Step work, Duration limit) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("closing " + step)
        .daemon()
        .start(() -> {
          try {
            work.within(limit);
            done.complete(null);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    if (!reached(done, limit)) {
      log.warn("Shutting down: {} did not end within {} ms.", step, limit.toMillis());
    } else if (done.isCompletedExceptionally()) {
      log.warn("Shutting down: {} failed.", step, done.exceptionNow());
    }
  }

  private static boolean reached(CompletableFuture<?> work, Duration limit) {
    try {
      work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | CompletionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
