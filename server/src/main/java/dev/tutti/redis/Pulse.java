package dev.tutti.redis;

import java.util.concurrent.TimeUnit;

/**
 * When a server was last heard of. A probe that is told to it every {@value #PROBE_MILLIS} ms comes
 * back while all is well. Time is what the caller says it is, in nanoseconds. One thread.
 */
final class Pulse {
  private static final int PROBE_MILLIS = 200;
  private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(PROBE_MILLIS);

  /** A silence in which messages are probably late. */
  private static final long SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  private static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private long probedNanos;
  private long heardNanos;
  private boolean there;

  void probed(long now) {
    probedNanos = now;
  }

  /** A probe has come back. */
  void heard(long now) {
    heardNanos = now;
    there = true;
  }

  /** Whoever listens has stood still, so that the silence until now says nothing. */
  void stoodStill(long now) {
    heardNanos = Math.max(heardNanos, now - PROBE_NANOS);
  }

  /** Whether it was ever heard of. */
  boolean isThere() {
    return there;
  }

  boolean probeIsDue(long now) {
    return now - probedNanos >= PROBE_NANOS;
  }

  /** Whether what is published now may not arrive. */
  boolean isSilent(long now) {
    return now - heardNanos >= SILENT_NANOS;
  }

  /** Whether the server is given up. */
  boolean isGone(long now) {
    return now - heardNanos > GONE_NANOS;
  }
}
