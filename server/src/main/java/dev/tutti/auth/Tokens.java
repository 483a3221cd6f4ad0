package dev.tutti.auth;

import dev.tutti.auth.Authentication.Authenticated;
import dev.tutti.protocol.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tokens of signed-in users: JWTs (RFC 7519), HS256. Mints them too, for {@code tutti token}. */
public final class Tokens {
  /** A longer life would be no expiry at all. */
  public static final Duration MAX_LIFE = Duration.ofDays(3660);

  private static final Set<String> TYPES = Set.of("", "jwt", "at+jwt");

  private final Hs256 hs256;
  private final TokenRules rules;
  private final InstantSource clock;
  private final VerifiedTokens verified = new VerifiedTokens();

  public Tokens(Secret secret, TokenRules rules, InstantSource clock) {
    this.hs256 = new Hs256(secret, "JWT", TYPES);
    this.rules = rules;
    this.clock = clock;
  }

  /** Who a token speaks for that passed every check within the last minute, and has not expired. */
  Optional<Authenticated> verifiedBefore(String token) {
    return verified.find(token, clock.instant());
  }

  /** Who a token speaks for, if every check passes. */
  public Authentication verify(String token) {
    try {
      Claims claims = hs256.open(token);
      checkOrigin(claims);
      Instant expiresAt = checkTimes(claims);
      var who = new Authenticated(identity(claims, expiresAt), Optional.empty());
      verified.add(token, who, clock.instant());
      return who;
    } catch (TokenRefused refused) {
      return refused.rejected();
    }
  }

  /**
   * A token that {@link #verify} accepts until {@code life} is over.
   *
   * @throws IllegalArgumentException with a sentence when the user, name or life is not allowed
   */
  public String mint(String user, String name, Grants grants, Duration life) {
    return mint(user, name, grants, Scope.ALL, life);
  }

  /**
   * The same, for some commands only.
   *
   * @throws IllegalArgumentException with a sentence when the user, name or life is not allowed
   */
  public String mint(String user, String name, Grants grants, Scope scope, Duration life) {
    if (!UserId.isAllowed(user)) {
      throw new IllegalArgumentException(UserId.sentence());
    }
    String cleanName =
        DisplayName.clean(name)
            .orElseThrow(() -> new IllegalArgumentException(DisplayName.sentence()));
    if (!life.isPositive() || life.compareTo(MAX_LIFE) > 0) {
      throw new IllegalArgumentException("A token lives up to " + MAX_LIFE.toDays() + " days.");
    }
    Instant now = clock.instant();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", rules.issuer());
    claims.put("aud", rules.audience());
    claims.put("sub", user);
    claims.put("name", cleanName);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(life).getEpochSecond());
    Map<String, Object> rooms = new LinkedHashMap<>();
    grants.byPattern().forEach((pattern, role) -> rooms.put(pattern.text(), role.wire()));
    claims.put("rooms", rooms);
    if (!scope.commands().isEmpty()) {
      claims.put("commands", List.copyOf(scope.commands()));
    }
    return hs256.sign(claims);
  }

  private void checkOrigin(Claims claims) throws TokenRefused {
    if (!claims.text("iss").equals(Optional.of(rules.issuer()))) {
      throw TokenRefused.because("Its issuer is not " + rules.issuer() + ".");
    }
    if (!claims.audience().contains(rules.audience())) {
      throw TokenRefused.because("Its audience is not " + rules.audience() + ".");
    }
  }

  private Instant checkTimes(Claims claims) throws TokenRefused {
    Instant now = clock.instant();
    Instant expiresAt =
        claims.time("exp").orElseThrow(() -> TokenRefused.because("It has no exp."));
    if (!now.isBefore(expiresAt)) {
      throw TokenRefused.expired("It expired at " + expiresAt + ".");
    }
    if (expiresAt.isAfter(now.plus(MAX_LIFE))) {
      throw TokenRefused.because("It lives over " + MAX_LIFE.toDays() + " days.");
    }
    for (String start : Set.of("nbf", "iat")) {
      Optional<Instant> time = claims.time(start);
      if (time.isPresent() && time.get().isAfter(now.plus(rules.skew()))) {
        throw TokenRefused.because("It is not valid before " + time.get() + ".");
      }
    }
    return expiresAt;
  }

  private static Identity identity(Claims claims, Instant expiresAt) throws TokenRefused {
    String user = claims.text("sub").orElse("");
    if (!UserId.isAllowed(user)) {
      throw TokenRefused.because("Its sub is missing or not allowed. " + UserId.sentence());
    }
    // Who has no name is shown by the head of the id.
    String name =
        claims
            .text("name")
            .flatMap(DisplayName::shown)
            .or(() -> DisplayName.shown(user))
            .orElseThrow(() -> TokenRefused.because("Neither its name nor its sub can be seen."));
    Scope scope = new Scope(claims.texts("commands"));
    return new Identity(user, name, grants(claims), Optional.of(expiresAt), false, scope);
  }

  private static Grants grants(Claims claims) throws TokenRefused {
    Map<RoomPattern, Role> roles = new HashMap<>();
    for (Map.Entry<?, ?> entry : claims.object("rooms").entrySet()) {
      RoomPattern pattern =
          RoomPattern.parse(String.valueOf(entry.getKey()))
              .orElseThrow(() -> TokenRefused.because("Its rooms hold a bad pattern."));
      roles.put(pattern, role(String.valueOf(entry.getValue())));
    }
    Optional<String> everywhere = claims.text("role");
    if (everywhere.isPresent() && roles.put(RoomPattern.ALL, role(everywhere.get())) != null) {
      throw TokenRefused.because("Both its role and its rooms speak for all rooms.");
    }
    return new Grants(roles);
  }

  private static Role role(String wire) throws TokenRefused {
    for (Role role : Role.values()) {
      if (role.wire().equals(wire)) {
        return role;
      }
    }
    throw TokenRefused.because("It holds a role that there is not.");
  }
}
