package dev.tutti.auth;

import java.util.Optional;

/** Whether it is safe to start: who could come in, from where. */
public final class AccessPolicy {
  private AccessPolicy() {}

  /** Whether only this machine can reach a server that is bound to {@code host}. */
  public static boolean isLoopback(String host) {
    return Loopback.is(host);
  }

  /**
   * Whether people without an account are let in.
   *
   * @param asked {@code --allow-guests} or {@code --no-allow-guests}; empty where neither was said
   */
  public static boolean guestsAllowed(String host, Optional<Boolean> asked) {
    return asked.orElse(isLoopback(host));
  }

  /**
   * Why a server must not start, if so.
   *
   * @param hasSecret whether the operator gave a secret for tokens
   */
  public static Optional<String> refusal(String host, Optional<Boolean> asked, boolean hasSecret) {
    if (isLoopback(host) || hasSecret || guestsAllowed(host, asked)) {
      return Optional.empty();
    }
    return Optional.of(
        "--host "
            + host
            + " can be reached from other machines, and nobody could sign in: give"
            + " --token-secret-file (or TUTTI_TOKEN_SECRET), or --allow-guests to let anyone in.");
  }
}
