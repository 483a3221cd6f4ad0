package dev.tutti.room;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of rules that fail, in the log and by a count. One that fails at everything is told of with
 * a stack trace every ten seconds, since anybody may send what makes it fail. Any thread.
 */
final class Mishaps {
  private static final Logger log = LoggerFactory.getLogger(Mishaps.class);

  private static final long QUIET_NANOS = 10_000_000_000L;

  private final String type;
  private final RulesCounts counts;
  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime() - QUIET_NANOS);
  private final AtomicLong untold = new AtomicLong();

  Mishaps(String type, RulesCounts counts) {
    this.type = type;
    this.counts = counts;
  }

  void happened(String what, Throwable failure) {
    counts.failures().increment();
    long now = System.nanoTime();
    long last = lastNanos.get();
    if (now - last < QUIET_NANOS || !lastNanos.compareAndSet(last, now)) {
      untold.incrementAndGet();
      return;
    }
    log.error(
        "The rules of {}: {}; {} times more since it was told last.",
        type,
        what,
        untold.getAndSet(0),
        failure);
  }
}
