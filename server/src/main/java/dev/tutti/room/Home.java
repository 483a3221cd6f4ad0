package dev.tutti.room;

import java.util.concurrent.Executor;

/** The one thread that a room lives on: an event loop, or a simulation's schedule. */
public interface Home extends Executor {
  /** Runs a task on this thread, not before so many milliseconds have passed. */
  void later(long millis, Runnable task);
}
