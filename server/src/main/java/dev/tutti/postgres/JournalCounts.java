package dev.tutti.postgres;

import dev.tutti.measure.Count;
import dev.tutti.measure.Counts;
import dev.tutti.measure.Distribution;

/**
 * What lanes and readers count.
 *
 * @param commit one statement and its commit, as long as PostgreSQL took for it
 * @param batches rooms that were in one statement
 * @param events of one statement
 * @param failures statements that ended in an error, whatever it was
 * @param reads questions that readers were asked
 */
public record JournalCounts(
    Distribution commit,
    Distribution batches,
    Distribution events,
    Count failures,
    Counts<JournalRead> reads) {

  /** Nothing was counted yet. */
  public JournalCounts() {
    this(
        Distribution.ofNanos(),
        Distribution.ofSizes(),
        Distribution.ofSizes(),
        new Count(),
        new Counts<>(JournalRead.class));
  }
}
