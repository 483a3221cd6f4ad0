package dev.tutti.auth;

import dev.tutti.auth.Authentication.Authenticated;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that passed every check a moment ago, so that a program which shows its token with each
 * request costs one signature a minute. None is known behind its expiry, nor before the time at
 * which it was checked; only tokens that are good get in. What takes a right away from somebody who
 * has a good token is in the rooms, which look at each command, and not here. Any thread.
 */
final class VerifiedTokens {
  /** More than these at once, and all are checked anew: they have 8 KiB at most each. */
  static final int MAX_TOKENS = 1_000;

  static final Duration FRESH = Duration.ofMinutes(1);

  private final Map<String, Verified> known = new ConcurrentHashMap<>();

  private record Verified(Authenticated who, Instant at) {
    boolean holds(Instant now) {
      return !now.isBefore(at)
          && now.isBefore(at.plus(FRESH))
          && who.identity().expiresAt().filter(now::isBefore).isPresent();
    }
  }

  Optional<Authenticated> find(String token, Instant now) {
    Verified verified = known.get(token);
    if (verified == null) {
      return Optional.empty();
    }
    if (!verified.holds(now)) {
      known.remove(token, verified);
      return Optional.empty();
    }
    return Optional.of(verified.who());
  }

  void add(String token, Authenticated who, Instant now) {
    if (known.size() >= MAX_TOKENS) {
      known.clear();
    }
    known.put(token, new Verified(who, now));
  }

  int count() {
    return known.size();
  }
}
