package dev.tutti.room;

import dev.tutti.measure.Count;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way back to a room's thread, from the journal and after a pause.
 *
 * @param backoff how long the next pause is
 * @param closed whether the room is closed; it hears nothing more of the journal then
 * @param accidents times that a room did not cope with an answer
 */
record Hop(Home home, Backoff backoff, BooleanSupplier closed, Count accidents) {
  private static final Logger log = LoggerFactory.getLogger(Hop.class);

  /**
   * Runs one of two on the room's thread when the future is complete. If {@code done} throws, the
   * answer counts as a failed one: the room tries again rather than stand still for ever.
   */
  <T> void on(CompletableFuture<T> future, Consumer<T> done, Consumer<Throwable> failed) {
    future.whenComplete((result, failure) ->
        home.execute(() -> {
          if (closed.getAsBoolean()) {
            return;
          }
          if (failure == null) {
            take(result, done, failed);
          } else {
            failed.accept(failure);
          }
        }));
  }

  private <T> void take(T result, Consumer<T> done, Consumer<Throwable> failed) {
    try {
      done.accept(result);
    } catch (RuntimeException | StackOverflowError e) {
      accidents.increment();
      log.error("A room did not cope with an answer of the journal, and asks again.", e);
      failed.accept(e);
    }
  }

  /** Runs a task on the room's thread after the next pause. */
  void afterPause(Runnable task) {
    home.later(backoff.nextMillis(), task);
  }
}
