package dev.tutti.fanout;

import dev.tutti.measure.Count;
import dev.tutti.measure.Distribution;

/**
 * What the fan-out of one instance counts, all loops together.
 *
 * @param frames times that a frame of events was written to a reader
 * @param skipped readers that were passed over, because their socket was full or they had a gap
 * @param dropped batches for which a loop had no place
 * @param latency from the room's handing over to the kernel's taking: of each drain of a loop that
 *     had events, the batch that waited longest
 */
public record FanoutCounts(Count frames, Count skipped, Count dropped, Distribution latency) {

  /** Nothing was counted yet. */
  public FanoutCounts() {
    this(new Count(), new Count(), new Count(), Distribution.ofNanos());
  }
}
