package dev.tutti.session;

import dev.tutti.measure.Count;
import dev.tutti.measure.Counts;
import dev.tutti.measure.Distribution;
import dev.tutti.protocol.Code;

/**
 * What the sessions of one instance count, and the requests over HTTP with them.
 *
 * @param opened WebSockets that were opened
 * @param rejected tokens that were not good, and those who came without
 * @param commands from arrival to answer, however it was answered
 * @param accepted commands
 * @param refused whatever was refused, by code
 */
public record SessionCounts(
    Count opened, Count rejected, Distribution commands, Count accepted, Counts<Code> refused) {

  /** Nothing was counted yet. */
  public SessionCounts() {
    this(new Count(), new Count(), Distribution.ofNanos(), new Count(), new Counts<>(Code.class));
  }
}
