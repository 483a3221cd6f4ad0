package dev.tutti.client;

import java.time.Instant;
import java.util.Optional;

/**
 * How a connection is.
 *
 * @param waiting commands without an answer
 * @param stored whether they survive this process
 * @param retryAt when it will be tried again
 * @param reason why there is no connection, for a person
 */
public record Status(
    State state, int waiting, boolean stored, Optional<Instant> retryAt, Optional<String> reason) {
  /** What a connection is at. */
  public enum State {
    /** For the first time. */
    CONNECTING,
    /** Connected, and everything is durable. */
    SAVED,
    /** Connected, and something is on its way. */
    SAVING,
    /** Not connected; it tries again by itself. */
    OFFLINE,
    /** Not connected, and it does not try again: closed, or there is no sense in it. */
    CLOSED
  }

  /** In words: {@code saved}, {@code offline, 3 waiting}. */
  public String text() {
    String word = state.name().toLowerCase(java.util.Locale.ROOT);
    return state == State.OFFLINE && waiting > 0 ? word + ", " + waiting + " waiting" : word;
  }
}
