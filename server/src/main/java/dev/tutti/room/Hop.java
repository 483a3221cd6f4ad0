package dev.tutti.room;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The way back to a room's thread, from the journal and after a pause.
 *
 * @param backoff how long the next pause is
 * @param closed whether the room is closed; it hears nothing more of the journal then
 */
record Hop(Home home, Backoff backoff, BooleanSupplier closed) {
  /** Runs one of two on the room's thread when the future is complete. */
  <T> void on(CompletableFuture<T> future, Consumer<T> done, Consumer<Throwable> failed) {
    future.whenComplete((result, failure) ->
        home.execute(() -> {
          if (closed.getAsBoolean()) {
            return;
          }
          if (failure == null) {
            done.accept(result);
          } else {
            failed.accept(failure);
          }
        }));
  }

  /** Runs a task on the room's thread after the next pause. */
  void afterPause(Runnable task) {
    home.later(backoff.nextMillis(), task);
  }
}
