package dev.tutti.fanout;

/** Makes frames. Implemented by {@code transport}; stateless, any thread. */
public interface Framing {
  /**
   * Frames one message.
   *
   * @param payload the encoded message, JSON or CBOR as the format says; not changed afterwards
   * @param id of the message's last event, which server-sent events carry; empty for none
   */
  Frame frame(Format format, byte[] payload, String id);
}
