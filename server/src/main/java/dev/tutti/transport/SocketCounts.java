package dev.tutti.transport;

import dev.tutti.measure.Count;
import dev.tutti.measure.Counts;
import dev.tutti.measure.Most;
import dev.tutti.protocol.CloseCode;

/**
 * What the transport counts.
 *
 * @param closed WebSockets and streams that the server closed, by code
 * @param left those that their peers closed, or that were lost, by code
 * @param mostPending bytes that waited in one connection for its peer to read, at the worst
 * @param dropped sockets that were dropped because too much waited in them
 * @param turnedAway connections over a limit
 * @param notAccepted times that no connection could be accepted, for want of file descriptors
 */
public record SocketCounts(
    Counts<CloseCode> closed,
    Counts<PeerClose> left,
    Most mostPending,
    Count dropped,
    Count turnedAway,
    Count notAccepted) {

  /** Nothing was counted yet. */
  public SocketCounts() {
    this(
        new Counts<>(CloseCode.class),
        new Counts<>(PeerClose.class),
        new Most(),
        new Count(),
        new Count(),
        new Count());
  }
}
