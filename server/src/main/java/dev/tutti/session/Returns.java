package dev.tutti.session;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * When each of those whom a server sends away is to come back: one after the other, at even
 * distances, so that no second sees more of them than announced. Safe on any thread.
 */
final class Returns {
  private static final long MILLIS_PER_SECOND = 1_000;

  /** A fifth of the rate stays free, for those who come a little late into the next ones' time. */
  private static final double FREE = 0.2;

  private final double distanceMillis;
  private final AtomicInteger given = new AtomicInteger();

  /** Lets at most so many come back in a second. */
  Returns(int perSecond) {
    distanceMillis = MILLIS_PER_SECOND / (perSecond * (1 - FREE));
  }

  /** When the next one is to come. */
  int nextMillis() {
    return millis(given.getAndIncrement());
  }

  /** When the last of so many is to come, at most. */
  int millis(int count) {
    return (int) Math.min(count * distanceMillis, Integer.MAX_VALUE);
  }
}
