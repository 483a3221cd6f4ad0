package dev.tutti.load;

/**
 * How far a client is in its room: whether events come in their order, without a gap or a repeat,
 * is counted here. On its lane's event loop.
 */
final class Progress {
  private final Tally tally;
  private long seq;

  Progress(Tally tally) {
    this.tally = tally;
  }

  /** The number of the last event that was seen in order. */
  long seq() {
    return seq;
  }

  /** An event has come; whether it is a new one. */
  boolean event(long next) {
    if (next <= seq) {
      tally.repeats++;
      return false;
    }
    if (next != seq + 1) {
      tally.gaps++;
    }
    seq = next;
    tally.delivered(1);
    return true;
  }

  /** The document has come, without the events before it. */
  void begin(long at) {
    seq = at;
  }

  /** The same in the place of events that were missed. */
  void reset(long at) {
    tally.resets++;
    tally.skippedByReset += Math.max(0, at - seq);
    seq = at;
  }
}
