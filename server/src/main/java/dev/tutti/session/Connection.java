package dev.tutti.session;

import dev.tutti.fanout.Outlet;
import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.ServerMessage;
import java.util.concurrent.Executor;

/**
 * One socket, as its session sees it; implemented by {@code transport}. All methods but {@link
 * #loop} are called on the connection's event loop only.
 */
public interface Connection extends Outlet {
  /** The event loop that this connection lives on. Always the same object for one loop. */
  Executor loop();

  /** What the subprotocol chose. */
  Codec codec();

  /** The peer's address, for limits and logs. */
  String remoteAddress();

  /** Encodes and writes a message to this connection alone; flushed by {@link #flush}. */
  void write(ServerMessage message);

  /**
   * Says {@code bye} and closes: the one door through which a connection is closed by the server.
   * Idempotent.
   *
   * @param reason a sentence for a person
   * @param retryAfterMillis when to connect again, where the code says that it should
   */
  void close(CloseCode code, String reason, int retryAfterMillis);

  /** Whether to read from the socket. While it is off, the peer's sends wait in its own kernel. */
  void reading(boolean on);
}
