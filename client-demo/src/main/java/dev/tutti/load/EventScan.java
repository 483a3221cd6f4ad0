package dev.tutti.load;

/**
 * Walks over the events of one frame by their {@code seq} alone. A run at millions of deliveries a
 * second cannot look at every byte, so once it has seen how short an event can be it leaps that far
 * ahead; wherever a leap does not land on the next number, it looks again at every byte. One in
 * {@link #THOROUGH} subscribers never leaps. Owned by one {@link Lane}.
 */
final class EventScan {
  /** One subscriber in so many is read byte by byte. A power of two. */
  static final int THOROUGH = 16;

  /** Distances that are seen before the first leap. */
  private static final int LEARNING = 256;

  /** Told of every event that was looked at. */
  interface Sink {
    /**
     * @param at the index behind {@code "seq":}
     */
    void event(long seq, byte[] array, int at, int to);
  }

  /** Bytes between the numbers of two neighbouring events: the least that was seen. */
  private int shortest = Integer.MAX_VALUE;

  private int seen;

  /**
   * Finds every event.
   *
   * @param leap whether this subscriber may leap
   */
  void walk(byte[] array, int from, int to, boolean leap, Sink sink) {
    int at = Scan.after(array, from, to, Scan.SEQ);
    while (at != Scan.NONE) {
      long seq = Scan.number(array, at, to);
      sink.event(seq, array, at, to);
      at = next(array, at, to, seq, leap && seen >= LEARNING);
    }
  }

  private int next(byte[] array, int at, int to, long previous, boolean leap) {
    if (leap) {
      int landed = Scan.after(array, at + shortest - Scan.SEQ.length, to, Scan.SEQ);
      if (landed != Scan.NONE && Scan.number(array, landed, to) == previous + 1) {
        return landed;
      }
    }
    int found = Scan.after(array, at, to, Scan.SEQ);
    if (found != Scan.NONE) {
      shortest = Math.min(shortest, found - at);
      seen++;
    }
    return found;
  }
}
