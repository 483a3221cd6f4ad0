package dev.tutti.auth;

import dev.tutti.auth.Authentication.Authenticated;
import dev.tutti.auth.Authentication.Rejected;
import dev.tutti.protocol.AccessCommand;
import dev.tutti.protocol.Role;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * People without an account: they say a name and get an id, {@code guest:ana-4c1k9q2m}, and a token
 * that keeps the id theirs. The token proves the id alone; what guests may do is this server's
 * setting at the time.
 */
public final class Guests {
  /** Since the last visit; every {@code welcome} brings a fresh token. */
  static final Duration TOKEN_LIFE = Duration.ofDays(30);

  /** Of requests over HTTP that bring no token. */
  static final String NAMELESS_ID = AccessCommand.NOBODY;

  private static final String TYPE = "guest+jwt";
  private static final int MAX_SLUG_CHARS = 20;

  /** 40 bits: even of a million guests of one name, hardly two meet. */
  private static final int SUFFIX_CHARS = 8;

  /** Crockford's, which has no letters that look like digits. */
  private static final String SUFFIX_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

  private final Hs256 hs256;
  private final Role role;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param secret the server's; guest tokens are signed with a key derived from it
   * @param role of every guest in every room
   */
  public Guests(Secret secret, Role role, InstantSource clock, RandomGenerator random) {
    this.hs256 = new Hs256(secret.derive("tutti guest tokens 1"), TYPE, Set.of(TYPE));
    this.role = role;
    this.clock = clock;
    this.random = random;
  }

  /** Whether a user id is a guest's. */
  public static boolean isGuest(String user) {
    return user.startsWith(UserId.GUEST_PREFIX);
  }

  /** Whether a token claims to be a guest's. Only its signature proves it. */
  static boolean looksLikeGuestToken(String token) {
    return Hs256.typeOf(token).equals(TYPE);
  }

  /** A guest who comes for the first time. */
  Authentication enter(String name) {
    return DisplayName.shown(name)
        .map(shown -> welcome(newId(shown), shown))
        .orElseGet(() -> new Rejected("The guest's name is not allowed.", DisplayName.sentence()));
  }

  /**
   * A guest who comes again, perhaps under another name. With a token that is no longer good, but a
   * name, it is a new guest: anyone may be that, so nothing is gained by shutting it out.
   */
  Authentication enterAgain(String token, Optional<String> name) {
    Authentication known = check(token);
    if (name.isEmpty()) {
      return known;
    }
    return switch (known) {
      case Rejected _ -> enter(name.get());
      case Authenticated(Identity identity, _) -> rename(identity, name.get());
    };
  }

  /** The same guest with another name; with the one of before where the other shows nothing. */
  Authentication rename(Identity guest, String name) {
    return welcome(guest.user(), DisplayName.shown(name).orElse(guest.name()));
  }

  /** Who asks over HTTP without a word about itself. */
  Authentication nameless() {
    return new Authenticated(identity(NAMELESS_ID, "Guest"), Optional.empty());
  }

  private Authentication check(String token) {
    try {
      Claims claims = hs256.open(token);
      Instant expiresAt =
          claims.time("exp").orElseThrow(() -> TokenRefused.because("It has no exp."));
      if (!clock.instant().isBefore(expiresAt)) {
        throw TokenRefused.expired("The guest token expired at " + expiresAt + ".");
      }
      String user = claims.text("sub").orElse("");
      Optional<String> name = claims.text("name").flatMap(DisplayName::shown);
      if (!user.startsWith(UserId.GUEST_PREFIX) || name.isEmpty()) {
        throw TokenRefused.because("The guest token names nobody.");
      }
      return welcome(user, name.get());
    } catch (TokenRefused refused) {
      return refused.rejected();
    }
  }

  private Authentication welcome(String user, String name) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", user);
    claims.put("name", name);
    claims.put("exp", clock.instant().plus(TOKEN_LIFE).getEpochSecond());
    return new Authenticated(identity(user, name), Optional.of(hs256.sign(claims)));
  }

  private Identity identity(String user, String name) {
    return new Identity(user, name, Grants.everywhere(role), Optional.empty(), true);
  }

  private String newId(String name) {
    StringBuilder id = new StringBuilder(UserId.GUEST_PREFIX).append(slug(name)).append('-');
    for (int i = 0; i < SUFFIX_CHARS; i++) {
      id.append(SUFFIX_ALPHABET.charAt(random.nextInt(SUFFIX_ALPHABET.length())));
    }
    return id.toString();
  }

  /** What of a name fits into an id: {@code José Ñandú} gives {@code jose-nandu}, 李 gives anon. */
  private static String slug(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-");
    String cut = plain.substring(0, Math.min(plain.length(), MAX_SLUG_CHARS));
    String trimmed = cut.replaceAll("^-|-$", "");
    return trimmed.isEmpty() ? "anon" : trimmed;
  }
}
