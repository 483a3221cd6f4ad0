package dev.tutti.client;

import java.util.random.RandomGenerator;

/** Full jitter: each pause is random between nothing and a bound that doubles. */
final class Backoff {
  private static final int FIRST_MILLIS = 400;
  private static final int LONGEST_MILLIS = 15_000;

  /**
   * A connection that lasted so long was a good one: the next attempt starts from the beginning.
   */
  private static final int STEADY_MILLIS = 10_000;

  private static final int MAX_DOUBLINGS = 16;

  private final RandomGenerator random;
  private int attempts;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Milliseconds before the next attempt. */
  long next() {
    long bound = Math.min(LONGEST_MILLIS, (long) FIRST_MILLIS << attempts);
    attempts = Math.min(attempts + 1, MAX_DOUBLINGS);
    return random.nextLong(bound + 1);
  }

  void lasted(long millis) {
    if (millis >= STEADY_MILLIS) {
      attempts = 0;
    }
  }
}
