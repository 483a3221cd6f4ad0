package dev.tutti.sources;

import dev.tutti.measure.Count;
import dev.tutti.measure.Distribution;

/**
 * What the sources of one instance count, all of them together. Any thread.
 *
 * @param polls questions that came to an end
 * @param failures those of them that failed, or whose answers said nothing
 * @param time from looking up the name to the whole answer
 */
public record SourceCounts(Count polls, Count failures, Distribution time) {
  /** Nothing was counted yet. */
  public SourceCounts() {
    this(new Count(), new Count(), Distribution.ofNanos());
  }
}
