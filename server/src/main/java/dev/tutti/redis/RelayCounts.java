package dev.tutti.redis;

import dev.tutti.measure.Count;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happened to messages since the start.
 *
 * @param published handed to Redis
 * @param unpublished dropped, because Redis was away, too slow, or would not have them
 * @param received of other instances, and handed to their room
 * @param refused that no instance of this fleet has sent like this: malformed, forged or too large
 * @param repeated that came again, or behind a later one of the same instance
 * @param overflown dropped, because their room had too many waiting
 * @param degraded times that Redis was lost
 * @param waitingBytes of messages that wait for their rooms now
 */
public record RelayCounts(
    Count published,
    Count unpublished,
    Count received,
    Count refused,
    Count repeated,
    Count overflown,
    Count degraded,
    LongAdder waitingBytes) {

  /** Nothing was counted yet. */
  public RelayCounts() {
    this(
        new Count(),
        new Count(),
        new Count(),
        new Count(),
        new Count(),
        new Count(),
        new Count(),
        new LongAdder());
  }
}
