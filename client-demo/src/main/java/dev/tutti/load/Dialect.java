package dev.tutti.load;

/**
 * How a message is wrapped on its way. Beside our own protocol the generator speaks the one of
 * Socket.IO, so that a peer is measured by the very same load (see {@code docs/peers}).
 */
enum Dialect {
  /** The server's own: one message, one frame. */
  TUTTI("/v1/ws", "tutti.v1.json", "", ""),

  /** Engine.IO 4 over a WebSocket; messages are the arguments of an event named {@code m}. */
  SOCKET_IO("/socket.io/?EIO=4&transport=websocket", "", "42[\"m\",", "]");

  final String path;

  /** Offered in the handshake where not empty. */
  final String subprotocol;

  final byte[] prefix;
  final byte[] suffix;

  Dialect(String path, String subprotocol, String prefix, String suffix) {
    this.path = path;
    this.subprotocol = subprotocol;
    this.prefix = Text.ascii(prefix);
    this.suffix = Text.ascii(suffix);
  }
}
