package dev.tutti.transport;

/**
 * How a peer ended its connection, by the code that RFC 6455 (section 7.4.1) has for it. Peers may
 * say many more; those are one, since what they say is theirs.
 */
public enum PeerClose {
  NORMAL(1000),
  GOING_AWAY(1001),
  /** A close frame without a code; also the end of a stream, which has no codes. */
  NO_CODE(1005),
  /** No close frame at all: the connection was lost, or its program ended. */
  LOST(1006),
  OTHER(0);

  private final int code;

  PeerClose(int code) {
    this.code = code;
  }

  /** The code as a word of a table. */
  public String word() {
    return this == OTHER ? "other" : Integer.toString(code);
  }

  int code() {
    return code;
  }

  /** What a close frame says. */
  static PeerClose of(int code) {
    for (PeerClose one : values()) {
      if (one.code == code) {
        return one;
      }
    }
    return OTHER;
  }
}
