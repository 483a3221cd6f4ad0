package dev.tutti.load;

import java.util.Arrays;

/**
 * The commands of one connection that are not answered, by their id: when each was due. Ids are
 * given out in order, so a ring as large as the window (and a little) finds them without a map.
 */
final class InFlight {
  /** Commands that one connection may have unanswered. */
  static final int MAX_WINDOW = 10_000;

  static final String LIMIT = "--window must be from 1 to 10000.";

  private static final long FREE = -1;

  private final long[] due;
  private final int window;
  private long nextId = 1;
  private int count;

  InFlight(int window) {
    this.window = window;
    // Answers may overtake each other, so an old id can stay while newer ones come and go.
    due = new long[Integer.highestOneBit(Math.max(16, window * 4 - 1)) * 2];
    Arrays.fill(due, FREE);
  }

  /** Whether another command may be sent. */
  boolean open() {
    return count < window && due[slot(nextId)] == FREE;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  /** Takes the next id for a command that was due then. */
  long begin(long dueNanos) {
    count++;
    due[slot(nextId)] = dueNanos;
    return nextId++;
  }

  /** When the command was due, or {@link Scan#NONE} where no such command is unanswered. */
  long end(long id) {
    if (id < nextId - due.length || id < 1 || id >= nextId || due[slot(id)] == FREE) {
      return Scan.NONE;
    }
    long dueNanos = due[slot(id)];
    due[slot(id)] = FREE;
    count--;
    return dueNanos;
  }

  private int slot(long id) {
    return (int) id & (due.length - 1);
  }
}
