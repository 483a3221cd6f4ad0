package dev.tutti.config;

import dev.tutti.auth.AccessPolicy;
import dev.tutti.auth.Admission;
import dev.tutti.auth.Guests;
import dev.tutti.auth.OriginPattern;
import dev.tutti.auth.Origins;
import dev.tutti.auth.Secret;
import dev.tutti.auth.SecretFile;
import dev.tutti.auth.TokenRules;
import dev.tutti.auth.Tokens;
import dev.tutti.protocol.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Who may come in.
 *
 * @param guests whether people without an account may
 * @param guestRole theirs, in every room
 * @param secret what the operator gave; empty when the data directory's own is to be used
 */
public record Access(
    boolean guests, Role guestRole, Optional<Secret> secret, TokenRules rules, Origins origins) {
  private static final Map<String, Role> GUEST_ROLES =
      Map.of("viewer", Role.VIEWER, "editor", Role.EDITOR, "owner", Role.OWNER);

  static Access read(Reading reading, String host) {
    Optional<Boolean> asked = reading.optionalFlag(Setting.ALLOW_GUESTS);
    boolean secretIsGiven =
        reading.isGiven(Setting.TOKEN_SECRET) || reading.isGiven(Setting.TOKEN_SECRET_FILE);
    AccessPolicy.refusal(host, asked, secretIsGiven).ifPresent(reading::problem);
    return new Access(
        AccessPolicy.guestsAllowed(host, asked),
        reading.word(Setting.GUEST_ROLE, GUEST_ROLES, "viewer, editor or owner"),
        secret(reading),
        rules(reading),
        new Origins(patterns(reading), AccessPolicy.isLoopback(host)));
  }

  /**
   * The secret that tokens are signed with: the given one, or else the data directory's own, which
   * is made where there is none. The caller holds the directory's lock.
   *
   * @throws CannotStart when it cannot be read or written
   */
  public Secret secretFor(Path data, RandomGenerator random) {
    if (secret.isPresent()) {
      return secret.get();
    }
    try {
      return SecretFile.findOrCreate(data, random);
    } catch (IOException e) {
      throw new CannotStart(
          "The server's own token secret cannot be used: " + e.getMessage(),
          "Make " + SecretFile.in(data) + " readable, or give --token-secret-file.",
          e);
    }
  }

  /** The door, with the secret that is used: the given one, or the data directory's own. */
  public Admission admission(Secret used, InstantSource clock, RandomGenerator random) {
    return new Admission(
        new Tokens(used, rules, clock),
        guests ? Optional.of(new Guests(used, guestRole, clock, random)) : Optional.empty());
  }

  static TokenRules rules(Reading reading) {
    return new TokenRules(
        reading.text(Setting.TOKEN_ISSUER),
        reading.text(Setting.TOKEN_AUDIENCE),
        Duration.ofSeconds(reading.number(Setting.TOKEN_SKEW)));
  }

  static Optional<Secret> secret(Reading reading) {
    Optional<String> text = reading.secret(Setting.TOKEN_SECRET, Setting.TOKEN_SECRET_FILE);
    try {
      return text.map(Secret::of);
    } catch (IllegalArgumentException e) {
      reading.problem("The token secret cannot be used: " + e.getMessage() + ".");
      return Optional.empty();
    }
  }

  private static List<OriginPattern> patterns(Reading reading) {
    List<OriginPattern> patterns = new ArrayList<>();
    for (String text : reading.list(Setting.ALLOW_ORIGIN)) {
      OriginPattern.parse(text)
          .ifPresentOrElse(
              patterns::add,
              () ->
                  reading.problem(
                      "\""
                          + text
                          + "\" is not an origin; it must look like https://app.example.com,"
                          + " https://*.example.com, http://localhost:* or *."));
    }
    return patterns;
  }
}
