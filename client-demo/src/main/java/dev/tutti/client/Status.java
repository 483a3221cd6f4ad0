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
 * @param code why it is closed for good, where a program can do something about it: {@link
 *     #UNAUTHORIZED}, no token was taken; {@link #FORBIDDEN}, access was withdrawn
 */
public record Status(
    State state,
    int waiting,
    boolean stored,
    Optional<Instant> retryAt,
    Optional<String> reason,
    Optional<String> code) {
  /** No token was taken. */
  public static final String UNAUTHORIZED = "unauthorized";

  /** Access was withdrawn. */
  public static final String FORBIDDEN = "forbidden";

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
