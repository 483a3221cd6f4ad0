package dev.tutti.measure;

import java.util.concurrent.atomic.LongAdder;

/** A number that only grows. Any thread. */
public final class Count {
  private final LongAdder total = new LongAdder();

  public void increment() {
    total.increment();
  }

  public void add(long more) {
    total.add(more);
  }

  /** What was counted until now. */
  public long total() {
    return total.sum();
  }
}
