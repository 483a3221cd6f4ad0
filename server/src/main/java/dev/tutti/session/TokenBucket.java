package dev.tutti.session;

/** A sustained rate with a burst. Has one owner; time comes in as an argument. */
final class TokenBucket {
  private static final long MICRO_TOKENS = 1_000_000;

  private final long perMilli;
  private final long full;
  private long tokens;
  private long filledMillis;

  TokenBucket(int perSecond, int burst, long nowMillis) {
    this.perMilli = perSecond * MICRO_TOKENS / 1_000;
    this.full = burst * MICRO_TOKENS;
    this.tokens = full;
    this.filledMillis = nowMillis;
  }

  /** Takes one token, if there is one. */
  boolean take(long nowMillis) {
    fill(nowMillis);
    if (tokens < MICRO_TOKENS) {
      return false;
    }
    tokens -= MICRO_TOKENS;
    return true;
  }

  /** Whether nothing of the burst is missing, so that a new one would be the same. */
  boolean isFull(long nowMillis) {
    fill(nowMillis);
    return tokens == full;
  }

  private void fill(long nowMillis) {
    if (nowMillis > filledMillis) {
      long refill = (nowMillis - filledMillis) * perMilli;
      tokens = Math.min(full, tokens + refill);
      filledMillis = nowMillis;
    }
  }

  /** How long until there is a token again. */
  long waitMillis() {
    return Math.max(1, (MICRO_TOKENS - tokens + perMilli - 1) / Math.max(1, perMilli));
  }
}
