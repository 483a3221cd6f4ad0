package dev.tutti.session;

/**
 * Whether the peer is still there: when it was heard, and when it is to be pinged. Owned by one
 * session; time comes in as an argument.
 */
final class Pulse {
  /** Times {@code pingMillis} without a word, after which the peer is taken for gone. */
  private static final double DEAF_PINGS = 2.5;

  /** What is to be done about a peer. */
  enum Due {
    NOTHING,
    PING,
    /** It has not answered: it is gone. */
    FAREWELL
  }

  private final int pingMillis;
  private final long openedMillis;
  private long heardMillis;
  private long pingedMillis;

  Pulse(int pingMillis, long nowMillis) {
    this.pingMillis = pingMillis;
    this.openedMillis = nowMillis;
    this.heardMillis = nowMillis;
    this.pingedMillis = nowMillis;
  }

  /** A sign of life. */
  void heard(long nowMillis) {
    heardMillis = nowMillis;
  }

  /** How long the connection has been open. */
  long ageMillis(long nowMillis) {
    return nowMillis - openedMillis;
  }

  /** What is due; a ping is taken for sent. */
  Due at(long nowMillis) {
    if (nowMillis - heardMillis > pingMillis * DEAF_PINGS) {
      return Due.FAREWELL;
    }
    if (nowMillis - pingedMillis < pingMillis) {
      return Due.NOTHING;
    }
    pingedMillis = nowMillis;
    return Due.PING;
  }
}
