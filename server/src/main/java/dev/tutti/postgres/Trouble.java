package dev.tutti.postgres;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of one kind of trouble, once in {@link #QUIET} at most however often it comes: a connection
 * that breaks breaks under every room that was writing. The rest is counted, told with the next
 * warning, and written at {@code debug}. Any thread.
 */
final class Trouble {
  static final Duration QUIET = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(Trouble.class);

  private final String what;
  private final LongSupplier nanoTime;

  // Guarded by this.
  private long untold;
  private boolean toldEver;
  private long toldNanos;

  /**
   * @param what it is, as the beginning of a sentence
   * @param nanoTime the clock
   */
  Trouble(String what, LongSupplier nanoTime) {
    this.what = what;
    this.nanoTime = nanoTime;
  }

  /** It has come again. */
  synchronized void happened(Throwable cause) {
    log.debug("{}", what, cause);
    long now = nanoTime.getAsLong();
    if (toldEver && now - toldNanos < QUIET.toNanos()) {
      untold++;
      return;
    }
    if (untold == 0) {
      log.warn("{}: {}", what, cause.toString());
    } else {
      log.warn("{}, {} more times since the last warning: {}", what, untold, cause.toString());
    }
    untold = 0;
    toldEver = true;
    toldNanos = now;
  }
}
