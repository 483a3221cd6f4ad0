package dev.tutti.session;

/** The one door from the transport into the server. Answers may come on any thread. */
public interface Gateway {
  /** A WebSocket has opened. Called on the connection's event loop. */
  Inbound opened(Connection connection);

  /** What comes over HTTP. */
  Requests requests();

  /** Whether the server takes new connections, and why not. For {@code GET /health/ready}. */
  Health health();

  /**
   * The state that a load balancer asks for.
   *
   * @param degraded whether it serves, but not as well as it could
   */
  record Health(boolean ready, boolean degraded, String sentence) {
    /** Ready without reservations, or not ready. */
    public Health(boolean ready, String sentence) {
      this(ready, false, sentence);
    }
  }
}
