package dev.tutti.auth;

import dev.tutti.auth.Authentication.Rejected;

/** What is wrong with a token, on its way from where it was seen to where it becomes an answer. */
final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1;
  private static final String NOT_VALID = "This token is not valid here.";

  private final String forClient;

  private TokenRefused(String forLog, String forClient) {
    // Without a stack trace: bad tokens come from outside, as fast as the network brings them.
    super(forLog, null, false, false);
    this.forClient = forClient;
  }

  /** A token that a client is told nothing about. */
  static TokenRefused because(String forLog) {
    return new TokenRefused(forLog, NOT_VALID);
  }

  /** A genuine token that is too old, which its owner may know. */
  static TokenRefused expired(String forLog) {
    return new TokenRefused(forLog, "This token has expired; sign in again.");
  }

  Rejected rejected() {
    return new Rejected(String.valueOf(getMessage()), forClient);
  }
}
