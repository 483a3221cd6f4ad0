package dev.tutti.session;

/** What the transport tells a session, on its connection's event loop. */
public interface Inbound {
  /** What it is called in logs; empty where there is no session. */
  default String id() {
    return "";
  }

  /** One whole message, of a text frame (validated UTF-8) or a binary frame. */
  void received(byte[] payload);

  /** {@link Connection#writable} has changed. */
  void writabilityChanged();

  /** The socket is gone. Called once; nothing is called after it. */
  void closed();
}
