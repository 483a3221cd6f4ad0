package dev.tutti.transport;

import java.util.Optional;

/** Which web pages may talk to this server. Asked on event loops; must not block. */
@FunctionalInterface
public interface Doors {
  /**
   * Asked for the WebSocket handshake and for every HTTP request except health checks.
   *
   * @param origin the {@code Origin} header; empty where there is none: no page is asking
   * @param host the {@code Host} header; empty where there is none or more than one
   * @return empty to let it in, otherwise the sentence that it gets with 403
   */
  Optional<String> refusal(Optional<String> origin, Optional<String> host);
}
