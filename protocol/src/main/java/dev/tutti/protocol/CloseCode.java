package dev.tutti.protocol;

/**
 * Why a connection was closed: the one table of close codes (RFC 6455, section 7.4), each saying
 * whether a client should connect again by itself.
 */
public enum CloseCode {
  NORMAL(1000, false, "Closed as asked."),
  PROTOCOL_ERROR(1002, false, "A frame broke RFC 6455."),
  UNSUPPORTED_DATA(1003, false, "A frame of the wrong kind for this subprotocol."),
  BAD_UTF8(1007, false, "A text frame was not UTF-8."),
  TOO_LARGE(1009, false, "A message was larger than the limit."),
  INTERNAL(1011, true, "The server failed at this connection."),
  RESTARTING(1012, true, "The server is going away; connect again."),
  NOT_THE_PROTOCOL(4400, false, "The messages are not this protocol."),
  UNAUTHORIZED(4401, false, "No token, or not a valid one."),
  REVOKED(4403, false, "Access was withdrawn."),
  TIMEOUT(4408, true, "No hello in time, or no answer to a ping."),
  TOO_MANY(4429, true, "Too many connections or messages.");

  private final int code;
  private final boolean reconnect;
  private final String reason;

  CloseCode(int code, boolean reconnect, String reason) {
    this.code = code;
    this.reconnect = reconnect;
    this.reason = reason;
  }

  /** The number in the close frame. */
  public int code() {
    return code;
  }

  /** Whether a client should connect again by itself. */
  public boolean reconnect() {
    return reconnect;
  }

  /** A short sentence, under the 123 bytes that a close frame holds. */
  public String reason() {
    return reason;
  }
}
