package dev.tutti.session;

import dev.tutti.protocol.Limits;

/**
 * What one connection may still ask for: messages by their rate, and requests open at once. Owned
 * by one session; time comes in as an argument.
 */
final class Allowance {
  /** Messages over the rate, in bursts, after which the connection is to be closed. */
  private static final int MAX_BURSTS_OVER = 10;

  /** Pages of history that one connection may wait for: each is work for the journal's readers. */
  static final int MAX_READING = 8;

  private final Limits limits;
  private final TokenBucket bucket;

  /** Requests that are not answered yet. */
  private int open;

  /** Pages of history among them. */
  private int reading;

  /** Messages that came too fast, less those that were taken since. */
  private int overrun;

  Allowance(Limits limits, long nowMillis) {
    this.limits = limits;
    this.bucket = new TokenBucket(limits.maxMessagesPerSecond(), limits.maxBurst(), nowMillis);
  }

  /** Whether a message that has come is within the rate. */
  boolean message(long nowMillis) {
    if (bucket.take(nowMillis)) {
      overrun = Math.max(0, overrun - 1);
      return true;
    }
    overrun++;
    return false;
  }

  /** Whether the peer ignores, again and again, that it is too fast. */
  boolean isExhausted() {
    return overrun > MAX_BURSTS_OVER * limits.maxBurst();
  }

  /** How long until a message is taken again. */
  long waitMillis() {
    return bucket.waitMillis();
  }

  /** Whether one more request may be open; then it is. */
  boolean opens() {
    if (open >= limits.maxInFlight()) {
      return false;
    }
    open++;
    return true;
  }

  /** An open request is answered. */
  void answered() {
    open--;
  }

  /** Whether every request is answered. */
  boolean isIdle() {
    return open == 0;
  }

  /** Whether one more page of history may be asked for. */
  boolean mayRead() {
    return reading < MAX_READING;
  }

  /** A page of history is asked for. */
  void reads() {
    reading++;
  }

  /** A page of history has come. */
  void hasRead() {
    reading--;
  }
}
