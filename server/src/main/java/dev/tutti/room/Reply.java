package dev.tutti.room;

/** Where the outcome of a command goes. Called exactly once, on the room's thread. */
@FunctionalInterface
public interface Reply {
  void outcome(Outcome outcome);
}
