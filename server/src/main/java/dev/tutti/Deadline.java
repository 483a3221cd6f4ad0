package dev.tutti;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bound on a step of the shut-down: what does not end in time is left to its fate. */
record Deadline(Duration limit) {
  private static final Logger log = LoggerFactory.getLogger(Deadline.class);

  static Deadline of(Duration limit) {
    return new Deadline(limit);
  }

  void await(CompletableFuture<?> step) {
    try {
      step.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.warn("A step of the shut-down did not end in {}: {}", limit, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
