package dev.tutti.client;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What says who I am: a token of the program's, or the one that the server has given a guest. Under
 * the connection's lock, but for {@link #ask}.
 */
final class Credentials {
  /** So many tokens in a row may be refused before it gives up asking for another. */
  private static final int MOST_REFUSED = 5;

  private final @Nullable Supplier<String> tokens;
  private final Keeper keeper;
  private @Nullable String token;

  /** What I am known by, or tried to be. */
  private @Nullable String said;

  /** Of the program's, since the last that was taken. */
  private int refused;

  Credentials(@Nullable Supplier<String> tokens, @Nullable String token, Keeper keeper) {
    this.tokens = tokens;
    this.token = token;
    this.keeper = keeper;
  }

  /** Whether no token is said but a guest's own. */
  boolean isGuest() {
    return tokens == null && token == null;
  }

  /** Asks the program, which may take its time, or fail. Without the lock. */
  @Nullable String ask() {
    return tokens == null ? null : tokens.get();
  }

  /** What to say, after the program was asked; null from a new guest. */
  @Nullable String say(@Nullable String asked) {
    String own = token != null ? token : keeper.token().orElse(null);
    said = asked != null ? asked : own;
    return said;
  }

  void replace(String with) {
    token = with;
  }

  /** I am let in; a guest gets a fresh token with it. */
  void taken(@Nullable String fresh) {
    refused = 0;
    if (fresh != null && isGuest()) {
      keeper.token(fresh);
      said = fresh;
    }
  }

  /** Whether there may be another token than the one that is not taken, or not any more. */
  boolean hasAnother() {
    if (tokens != null) {
      refused++;
      return refused < MOST_REFUSED;
    }
    if (token != null) {
      return !token.equals(said);
    }
    boolean had = said != null;
    keeper.token(null);
    return had;
  }
}
