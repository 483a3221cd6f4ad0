package dev.tutti.auth;

import java.time.Duration;

/**
 * What a token must say to be taken here.
 *
 * @param issuer the {@code iss} it must have
 * @param audience the {@code aud} it must have, or have among others
 * @param skew how far the issuer's clock may be ahead, for {@code nbf} and {@code iat}; {@code exp}
 *     is never stretched, because the session closes at that very moment
 */
public record TokenRules(String issuer, String audience, Duration skew) {
  /** What the server and {@code tutti token} agree on unless told otherwise. */
  public static final TokenRules DEFAULTS =
      new TokenRules("tutti", "tutti", Duration.ofSeconds(30));
}
