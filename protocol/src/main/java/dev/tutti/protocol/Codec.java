package dev.tutti.protocol;

import tools.jackson.databind.node.ObjectNode;

/**
 * How messages become bytes. Stateless and thread-safe; see {@link Codecs} for the two there are.
 */
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

  /** The same of a message that is an object already; throws like {@link #decodeClient(byte[])}. */
  ClientMessage decodeClient(ObjectNode message);

  /** One message from a server, for clients; throws like {@link #decodeClient(byte[])}. */
  ServerMessage decodeServer(byte[] payload);

  /**
   * One object from a client that is no message of its own, such as an HTTP body: held to the same
   * limits and the same hygiene.
   *
   * @throws InvalidMessage {@code malformed} or {@code invalid}
   */
  ObjectNode decodeObject(byte[] payload);

  byte[] encode(ServerMessage message);

  byte[] encode(ClientMessage message);

  /** Any value that is a part of a message. */
  byte[] encodeValue(Object value);

  /** Starts a message that is put together from values that are encoded already. */
  Splice splice();
}
