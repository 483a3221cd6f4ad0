package dev.tutti.load;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes keys that carry the time at which their command was due, so that whoever sees the event
 * knows how old it is without a table: a UUID of version 7 whose last 48 bits are nanoseconds on
 * this process's clock. Owned by one {@link Lane}.
 *
 * <pre>
 *   unix milliseconds   48 bits
 *   version 7            4
 *   counter             12     tells commands of one nanosecond apart
 *   variant              2
 *   run                 10     random per process: keys of other runs are not ours
 *   lane                 4
 *   due, nanoseconds    48     since {@link #now} was 0
 * </pre>
 */
final class Stamp {
  /** Keys whose time cannot be read. */
  static final long FOREIGN = -1;

  private static final long START_NANOS = System.nanoTime();
  private static final int RUN = ThreadLocalRandom.current().nextInt(1 << 10);
  private static final byte[] DASH = Text.ascii("-");

  /** Where the run and the due time stand in a key's 36 characters. */
  private static final int TAG_OFFSET = 19;

  private static final int DUE_OFFSET = 24;

  private final int tag;
  private long counter;

  Stamp(int lane) {
    this.tag = 0x8000 | RUN << 4 | (lane & 15);
  }

  /** Nanoseconds since this process began to measure. */
  static long now() {
    return System.nanoTime() - START_NANOS;
  }

  /** Adds a new key's 36 characters. */
  void write(Text text, long dueNanos) {
    long millis = System.currentTimeMillis();
    text.addHex(millis >>> 16, 8).add(DASH).addHex(millis, 4).add(DASH);
    text.addHex(0x7000 | (counter++ & 0xfff), 4).add(DASH);
    text.addHex(tag, 4).add(DASH).addHex(dueNanos, 12);
  }

  /** The due time in the key that starts at {@code at}, in nanoseconds, or {@link #FOREIGN}. */
  static long due(byte[] text, int at, int to) {
    if (at + 36 > to || hex(text, at + TAG_OFFSET, 4) >>> 4 != (0x800 | RUN)) {
      return FOREIGN;
    }
    return hex(text, at + DUE_OFFSET, 12);
  }

  private static long hex(byte[] text, int at, int digits) {
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        return FOREIGN;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
