package dev.tutti.session;

import dev.tutti.protocol.Limits;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast each caller over HTTP may send commands: as fast as one connection may, however many
 * connections the caller's requests come on. Any thread; time comes in as an argument.
 */
final class Callers {
  /** Callers that are told apart; all further ones share one rate, until others have rested. */
  static final int MAX_CALLERS = 100_000;

  private final Limits limits;
  private final Map<String, TokenBucket> rates = new ConcurrentHashMap<>();
  private final TokenBucket crowd;

  Callers(Limits limits, long nowMillis) {
    this.limits = limits;
    this.crowd = rate(nowMillis);
  }

  private TokenBucket rate(long nowMillis) {
    return new TokenBucket(limits.maxMessagesPerSecond(), limits.maxBurst(), nowMillis);
  }

  /** Takes a command of a caller; how many milliseconds it has to wait, if it comes too fast. */
  OptionalLong take(String caller, long nowMillis) {
    TokenBucket rate =
        rates.size() < MAX_CALLERS
            ? rates.computeIfAbsent(caller, one -> rate(nowMillis))
            : rates.getOrDefault(caller, crowd);
    synchronized (rate) {
      return rate.take(nowMillis) ? OptionalLong.empty() : OptionalLong.of(rate.waitMillis());
    }
  }

  /** Forgets whoever has rested long enough. */
  void sweep(long nowMillis) {
    rates
        .values()
        .removeIf(rate -> {
          synchronized (rate) {
            return rate.isFull(nowMillis);
          }
        });
  }

  int count() {
    return rates.size();
  }
}
