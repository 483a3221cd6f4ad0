package dev.tutti.rules;

import java.time.Duration;

/**
 * How much of its past a room keeps. What is over both is let go of, some thousand events at a time
 * and always behind a snapshot; and with the events their keys, so that a command that is sent
 * again later than {@code age} may happen once more.
 *
 * @param events the latest that are kept, however old they are
 * @param age what is younger is kept, however much it is
 */
public record Retention(long events, Duration age) {
  /** Nothing is ever let go of. */
  public static final Retention EVERYTHING =
      new Retention(Long.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE));

  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** Checks both. */
  public Retention {
    boolean everything = events == Long.MAX_VALUE;
    if (events < 0 || age.isNegative() || (!everything && age.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException("A room keeps its past for 0 to " + LONGEST);
    }
  }

  /** Whether old events are let go of. */
  public boolean letsGo() {
    return !equals(EVERYTHING);
  }

  /** With another age, unless everything is kept. */
  public Retention withAge(Duration other) {
    return letsGo() ? new Retention(events, other) : this;
  }
}
