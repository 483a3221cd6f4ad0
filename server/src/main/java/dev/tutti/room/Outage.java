package dev.tutti.room;

import dev.tutti.journal.JournalException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that the journal does not answer, and once that it answers again, however many rooms
 * ask it and however often: two lines in {@link #QUIET} at most. Another reason, which comes when
 * whoever mends it is on the way, is told once, too. The rest is for {@code debug}. Safe on any
 * thread.
 */
final class Outage {
  static final Duration QUIET = Duration.ofSeconds(10);

  /** Told of one outage. */
  static final int MAX_REASONS = 5;

  private static final Logger log = LoggerFactory.getLogger(Outage.class);

  private final InstantSource clock;
  private volatile boolean told;

  // Guarded by this.
  private long failures;
  private long quietUntilMillis;

  /** What was told of this outage. */
  private final Set<String> reasons = new HashSet<>();

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
    if (now < quietUntilMillis || reasons.size() == MAX_REASONS) {
      return;
    }
    String reason = reason(failure);
    if (reasons.add(why(reason))) {
      told = true;
      quietUntilMillis = now + QUIET.toMillis();
      log.warn("{} failed; asking the journal again until it answers: {}", what, reason);
    }
  }

  private static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JournalException known) {
        return String.valueOf(known.getMessage());
      }
    }
    return failure.toString();
  }

  /** The same for reads and appends, which say it behind a colon; however long they waited. */
  private static String why(String reason) {
    return reason.substring(reason.indexOf(": ") + 1).replaceAll("\\d+", "#");
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
      reasons.clear();
      log.info("The journal answers again; {} questions had failed.", failures);
      failures = 0;
    }
  }
}
