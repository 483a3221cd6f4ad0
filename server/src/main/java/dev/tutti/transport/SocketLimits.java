package dev.tutti.transport;

/**
 * What sockets may cost, each with its unit. They are settings; going over one is answered as said
 * here.
 *
 * @param backlog connections that the kernel keeps while nobody accepts them; over it, it drops
 *     them
 * @param maxConnections open at once; over it HTTP 503
 * @param maxConnectionsPerAddress open at once from one IPv4 address, or one IPv6 /64; over it 429.
 *     Loopback does not count
 * @param maxHandshakesPerSecond WebSockets and streams let in; over it they wait, at most {@link
 *     Turnstile#MAX_WAIT_MILLIS}, or get 503 with {@code Retry-After}
 * @param handshakeMillis from the connection to the end of the first request's head; then closed
 * @param requestMillis from a request's head to the end of its body; then 408
 * @param idleMillis of a kept-alive HTTP connection between requests, and the longest that a client
 *     may take to read one answer; then closed
 * @param closeMillis that the server waits for the other side of a closing handshake; then closed
 * @param maxUriBytes of a request's first line; over it 414
 * @param maxHeaderBytes of a request's header fields together; over it 431
 * @param writeLowBytes at which a connection that was full is writable again
 * @param writeHighBytes that wait in a connection before it is full, so that fan-out skips it
 * @param notSentLowBytes that the kernel takes ahead of what it has sent (TCP_NOTSENT_LOWAT): what
 *     is in there can no longer be skipped
 * @param maxPendingBytes that wait in a connection at most, whoever wrote them; over it, it is
 *     dropped. At least one whole document must fit
 */
public record SocketLimits(
    int backlog,
    int maxConnections,
    int maxConnectionsPerAddress,
    int maxHandshakesPerSecond,
    int handshakeMillis,
    int requestMillis,
    int idleMillis,
    int closeMillis,
    int maxUriBytes,
    int maxHeaderBytes,
    int writeLowBytes,
    int writeHighBytes,
    int notSentLowBytes,
    int maxPendingBytes) {

  /** Safe for the open internet. */
  public static final SocketLimits DEFAULTS =
      new SocketLimits(
          4_096,
          100_000,
          256,
          2_000,
          10_000,
          10_000,
          30_000,
          2_000,
          4 * 1024,
          8 * 1024,
          16 * 1024,
          32 * 1024,
          16 * 1024,
          20 * 1024 * 1024);
}
