package dev.tutti.room;

import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that the journal does not answer, and once that it answers again, however many rooms
 * ask it and however often: two lines in {@link #QUIET} at most. The rest is for {@code debug}.
 * Safe on any thread.
 */
final class Outage {
  static final Duration QUIET = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(Outage.class);

  private final InstantSource clock;
  private volatile boolean told;

  // Guarded by this.
  private long failures;
  private long quietUntilMillis;

  Outage(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A question to the journal has failed, and is asked again after a pause.
   *
   * @param what failed, for people
   */
  synchronized void failed(String what, Throwable failure) {
    failures++;
    log.debug("{} failed", what, failure);
    long now = clock.millis();
    if (told || now < quietUntilMillis) {
      return;
    }
    told = true;
    quietUntilMillis = now + QUIET.toMillis();
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    log.warn("{} failed; asking the journal again until it answers: {}", what, cause.toString());
  }

  /** A question was answered. */
  void over() {
    if (told) {
      tellTheEnd();
    }
  }

  private synchronized void tellTheEnd() {
    if (told) {
      told = false;
      log.info("The journal answers again; {} questions had failed.", failures);
      failures = 0;
    }
  }
}
