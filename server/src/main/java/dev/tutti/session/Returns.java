package dev.tutti.session;

import dev.tutti.measure.AnySecond;
import java.util.concurrent.TimeUnit;

/**
 * When those whom a server sends away are to come back. Each gets the next free place in time at
 * the moment in which it is told, so that no second sees more of them than announced, however long
 * the telling takes. Safe on any thread.
 */
final class Returns {
  private static final double MILLIS_PER_SECOND = 1_000;

  /** A fifth of the rate stays free, for those who come a little late into the next ones' time. */
  private static final double FREE = 0.2;

  private final double distanceMillis;

  // Guarded by this.
  private final AnySecond announced = new AnySecond();
  private double nextMillis;
  private int told;

  /** Lets at most so many come back in a second. */
  Returns(int perSecond) {
    distanceMillis = MILLIS_PER_SECOND / (perSecond * (1 - FREE));
  }

  /** Somebody is told now: how long to stay away, which is a moment at least. */
  synchronized int afterMillis(long nowMillis) {
    nextMillis = Math.max(nextMillis, nowMillis) + distanceMillis;
    long after = (long) Math.ceil(nextMillis - nowMillis);
    announced.add(TimeUnit.MILLISECONDS.toNanos(nowMillis + after));
    told++;
    return (int) Math.min(after, Integer.MAX_VALUE);
  }

  /** How many were told. */
  synchronized int told() {
    return told;
  }

  /** The most that were told to come within any one second. */
  synchronized long mostInASecond() {
    return announced.most();
  }
}
