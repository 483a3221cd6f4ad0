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
 * The way out of a process, step by step on one thread, each step with a deadline: what does not
 * end in time is left to its fate. Once {@link #hurry} was called, from any thread, nobody waits
 * for anything that the journal does not need.
 */
final class Departure {
  private static final Logger log = LoggerFactory.getLogger(Departure.class);

  private final CompletableFuture<Void> hurried = new CompletableFuture<>();

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

  /** Does what blocks, on a thread of its own; waits for it even in a hurry. */
  void block(String step, Runnable work, Duration limit) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("closing " + step)
        .daemon()
        .start(() -> {
          try {
            work.run();
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
