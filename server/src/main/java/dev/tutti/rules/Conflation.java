package dev.tutti.rules;

/**
 * Says that of the commands of one user with the same key only the latest matters, such as where
 * somebody has read up to: of several that wait to be decided the latest alone is, and the others
 * are answered as it is.
 *
 * <p>For commands alone that may be decided late without harm: one that was replaced is written
 * nowhere, so sent again, with its answer lost, it may be decided after the one that replaced it.
 * The rules must then see that it is an old one, by something that it carries.
 *
 * @param key what the commands have in common
 * @param paceMillis the time from one that is decided to the next of the same user and key, on one
 *     instance: those that come meanwhile wait, and become one. 0 to 5,000; with 0 they wait only
 *     where the room is busy
 * @param order what makes a command the latest: the one with the higher, whichever came first,
 *     since of what is sent again or from two devices the older may come last; with the same, the
 *     one that came last
 */
public record Conflation(String key, int paceMillis, long order) {
  /** A sender must not wait for long, nor a server that is stopped. */
  public static final int MAX_PACE_MILLIS = 5_000;

  /** Of commands of which the one that comes last is the latest. */
  public Conflation(String key, int paceMillis) {
    this(key, paceMillis, 0);
  }

  /** Checks the pace. */
  public Conflation {
    if (paceMillis < 0 || paceMillis > MAX_PACE_MILLIS) {
      throw new IllegalArgumentException(
          "A pace is 0 to " + MAX_PACE_MILLIS + " ms, not " + paceMillis + ".");
    }
  }
}
