package dev.tutti.protocol;

/** How messages become bytes. Stateless and thread-safe; see {@link Codecs} for the two there are. */
public interface Codec {
  /** The WebSocket subprotocol that selects this codec. */
  String subprotocol();

  /** Whether messages travel in binary frames. */
  boolean binary();

  /**
   * One message from a client.
   *
   * @throws InvalidMessage {@code malformed}, {@code unknown_type} or {@code invalid}; with the
   *     message's {@code id} where it could be read
   */
  ClientMessage decodeClient(byte[] payload);

  /** One message from a server, for clients; throws like {@link #decodeClient}. */
  ServerMessage decodeServer(byte[] payload);

  byte[] encode(ServerMessage message);

  byte[] encode(ClientMessage message);
}
