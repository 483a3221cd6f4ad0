package dev.tutti.auth;

import dev.tutti.auth.Authentication.Authenticated;
import dev.tutti.auth.Authentication.Rejected;
import dev.tutti.protocol.ClientMessage.Hello;
import java.util.Optional;

/**
 * The door: says who a {@code hello} or a request is by. A user's token that is not good is never
 * taken for a guest's, so that nobody works under another name than they believe.
 */
public final class Admission {
  private static final Rejected NO_TOKEN =
      new Rejected("No token, and guests are not allowed.", "This server asks for a token.");
  private static final Rejected NO_NAME =
      new Rejected("Neither a token nor a name.", "Say who you are: a name, or a token.");
  private static final Rejected ANOTHER_USER =
      new Rejected("A second hello by another user.", "Connect again to be someone else.");

  private final Tokens tokens;
  private final Optional<Guests> guests;

  /**
   * @param guests empty where guests are not allowed
   */
  public Admission(Tokens tokens, Optional<Guests> guests) {
    this.tokens = tokens;
    this.guests = guests;
  }

  /** The first {@code hello} of a connection. */
  public Authentication admit(Hello hello) {
    Optional<String> token = Optional.ofNullable(hello.token());
    Optional<String> name = Optional.ofNullable(hello.name());
    if (token.isPresent()) {
      return byToken(token.get(), name);
    }
    if (guests.isEmpty()) {
      return NO_TOKEN;
    }
    return name.map(guests.get()::enter).orElse(NO_NAME);
  }

  /**
   * Another {@code hello} of the same connection: a new token in the place of one that will expire,
   * or a guest's new name. It cannot change who the user is.
   */
  public Authentication admitAgain(Identity current, Hello hello) {
    String name = hello.name();
    if (current.guest() && hello.token() == null && name != null && guests.isPresent()) {
      return guests.get().rename(current, name);
    }
    Authentication next = admit(hello);
    return switch (next) {
      case Rejected rejected -> rejected;
      case Authenticated(Identity identity, _) ->
          identity.user().equals(current.user()) ? next : ANOTHER_USER;
    };
  }

  /**
   * A request over HTTP. Without a token it is by a nameless guest, where guests are allowed.
   *
   * @param token from {@code Authorization: Bearer}
   */
  public Authentication admit(Optional<String> token) {
    if (token.isPresent()) {
      return byToken(token.get(), Optional.empty());
    }
    return guests.map(Guests::nameless).orElse(NO_TOKEN);
  }

  private Authentication byToken(String token, Optional<String> name) {
    Optional<Authenticated> known = tokens.verifiedBefore(token);
    if (known.isPresent()) {
      return known.get();
    }
    if (!Guests.looksLikeGuestToken(token)) {
      return tokens.verify(token);
    }
    return guests.map(allowed -> allowed.enterAgain(token, name)).orElse(NO_TOKEN);
  }
}
