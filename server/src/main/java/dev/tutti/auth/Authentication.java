package dev.tutti.auth;

import java.util.Optional;

/** What came of a {@code hello}, or of the token of an HTTP request. */
public sealed interface Authentication {

  /**
   * Known.
   *
   * @param guestToken for {@code welcome}: what a guest says next time to stay the same user; empty
   *     for everyone else
   */
  record Authenticated(Identity identity, Optional<String> guestToken) implements Authentication {}

  /**
   * Not let in; the connection closes with 4401.
   *
   * @param forLog what exactly was wrong, without anything that the client sent
   * @param forClient a sentence that helps an honest client and tells an attacker nothing
   */
  record Rejected(String forLog, String forClient) implements Authentication {}
}
