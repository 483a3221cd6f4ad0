package dev.tutti.transport;

import dev.tutti.measure.Count;
import dev.tutti.measure.Counts;
import dev.tutti.protocol.CloseCode;

/**
 * What the transport counts.
 *
 * @param closed sockets that the server closed, by code
 * @param left sockets that their peers closed, or that were lost
 * @param dropped sockets that were dropped because too much waited in them
 * @param turnedAway connections over a limit
 * @param notAccepted times that no connection could be accepted, for want of file descriptors
 */
public record SocketCounts(
    Counts<CloseCode> closed, Count left, Count dropped, Count turnedAway, Count notAccepted) {

  /** Nothing was counted yet. */
  public SocketCounts() {
    this(new Counts<>(CloseCode.class), new Count(), new Count(), new Count(), new Count());
  }
}
