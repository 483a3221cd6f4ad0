package dev.tutti.room;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where the rules of a room type run: on the room's own thread, or apart from it. */
interface Deciding {
  /**
   * Has a round decided. {@code then} is called once, on the home: before this returns, or later.
   *
   * @param then is given the round, or one that takes its place
   */
  void decide(Round round, Home home, Consumer<Round> then);

  /** Asks the rules something. Completes on any thread, with {@code otherwise} if they fail. */
  <T> CompletableFuture<T> ask(Supplier<T> question, T otherwise);

  /** On the thread that asks: for the rules that come with the server. */
  Deciding AT_ONCE =
      new Deciding() {
        @Override
        public void decide(Round round, Home home, Consumer<Round> then) {
          round.decide();
          then.accept(round);
        }

        @Override
        public <T> CompletableFuture<T> ask(Supplier<T> question, T otherwise) {
          return CompletableFuture.completedFuture(question.get());
        }
      };
}
