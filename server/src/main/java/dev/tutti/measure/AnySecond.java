package dev.tutti.measure;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * How many of something there are within one second, whichever second it is. The times that it is
 * told never go back. Not safe on several threads: its owner guards it.
 */
public final class AnySecond {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** When each was that is less than a second old. */
  private final ArrayDeque<Long> nanos = new ArrayDeque<>();

  private long most;

  /** One more, now. */
  public void add(long nowNanos) {
    forget(nowNanos);
    nanos.add(nowNanos);
    most = Math.max(most, nanos.size());
  }

  /** How many there were in the second that ends now. */
  public int count(long nowNanos) {
    forget(nowNanos);
    return nanos.size();
  }

  /** How long the first of those stays within it; 0 where there is none. */
  public long untilFewerNanos(long nowNanos) {
    forget(nowNanos);
    Long first = nanos.peek();
    return first == null ? 0 : first + SECOND_NANOS - nowNanos;
  }

  /** The most that any second has seen. */
  public long most() {
    return most;
  }

  private void forget(long nowNanos) {
    for (Long first = nanos.peek(); first != null; first = nanos.peek()) {
      if (nowNanos - first < SECOND_NANOS) {
        return;
      }
      nanos.remove();
    }
  }
}
