package dev.tutti.measure;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often a value fell where: counts between fixed bounds, and the sum. Recording is two adders
 * and a short search. Any thread; what is read while others record may be a moment apart.
 */
public final class Distribution {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  /** From a tenth of a millisecond, which is a quick commit, to the bound of the longest wait. */
  private static final long[] NANOS = {
    100 * MICRO,
    250 * MICRO,
    500 * MICRO,
    MILLI,
    2_500 * MICRO,
    5 * MILLI,
    10 * MILLI,
    25 * MILLI,
    50 * MILLI,
    100 * MILLI,
    250 * MILLI,
    500 * MILLI,
    SECOND,
    2_500 * MILLI,
    5 * SECOND,
    10 * SECOND
  };

  private static final long[] SIZES = {
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000
  };

  private final long[] bounds;
  private final double unit;
  private final LongAdder[] counts;
  private final LongAdder sum = new LongAdder();

  private Distribution(long[] bounds, double unit) {
    this.bounds = bounds;
    this.unit = unit;
    this.counts = new LongAdder[bounds.length + 1];
    Arrays.setAll(counts, i -> new LongAdder());
  }

  /** Of durations, recorded in nanoseconds and read in seconds. */
  public static Distribution ofNanos() {
    return new Distribution(NANOS, SECOND);
  }

  /** Of numbers of things. */
  public static Distribution ofSizes() {
    return new Distribution(SIZES, 1);
  }

  public void record(long value) {
    int place = 0;
    while (place < bounds.length && value > bounds[place]) {
      place++;
    }
    counts[place].increment();
    sum.add(value);
  }

  /** Records the time since {@code beganNanos}, a reading of {@link System#nanoTime}. */
  public void since(long beganNanos) {
    record(System.nanoTime() - beganNanos);
  }

  /**
   * What was recorded until now.
   *
   * @param bounds the upper end of each place, the last one infinite, in the unit that is read
   * @param counts of each place by itself
   */
  @SuppressWarnings("ArrayRecordComponent") // made for one reader, who does not keep it
  public record Reading(double[] bounds, long[] counts, double sum) {
    public long count() {
      return Arrays.stream(counts).sum();
    }
  }

  public Reading read() {
    double[] upper = new double[counts.length];
    Arrays.setAll(upper, i -> i < bounds.length ? bounds[i] / unit : Double.POSITIVE_INFINITY);
    long[] now = new long[counts.length];
    Arrays.setAll(now, i -> counts[i].sum());
    return new Reading(upper, now, sum.sum() / unit);
  }
}
