package dev.tutti.measure;

import java.util.concurrent.atomic.LongAccumulator;

/** The greatest of the numbers that were seen; 0 before the first. Any thread. */
public final class Most {
  private final LongAccumulator most = new LongAccumulator(Math::max, 0);

  public void see(long value) {
    most.accumulate(value);
  }

  public long value() {
    return most.get();
  }
}
