package dev.tutti.room;

import java.util.random.RandomGenerator;

/** Pauses that double, with full jitter, so that those who wait for one thing do not meet again. */
final class Backoff {
  private static final int MAX_DOUBLINGS = 5;

  private final int firstMillis;
  private final RandomGenerator random;
  private int doublings;

  Backoff(int firstMillis, RandomGenerator random) {
    this.firstMillis = firstMillis;
    this.random = random;
  }

  long nextMillis() {
    long ceiling = (long) firstMillis << doublings;
    doublings = Math.min(doublings + 1, MAX_DOUBLINGS);
    return 1 + random.nextLong(ceiling);
  }

  void reset() {
    doublings = 0;
  }
}
