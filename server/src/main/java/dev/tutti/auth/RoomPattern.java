package dev.tutti.auth;

import dev.tutti.protocol.RoomName;
import java.util.Optional;

/**
 * Which rooms a grant is for: one room ({@code board:launch}), all of a type ({@code board:*}), or
 * all ({@code *}).
 */
public record RoomPattern(String text) {
  /** Every room. */
  public static final RoomPattern ALL = new RoomPattern("*");

  private static final String ANY_NAME = ":*";

  /** The pattern written as {@code text}, if it is one. */
  public static Optional<RoomPattern> parse(String text) {
    return wellFormed(text) ? Optional.of(new RoomPattern(text)) : Optional.empty();
  }

  /**
   * @throws IllegalArgumentException unless the text is one of the three forms
   */
  public RoomPattern {
    if (!wellFormed(text)) {
      throw new IllegalArgumentException("A room pattern is *, type:* or type:name.");
    }
  }

  static RoomPattern ofType(RoomName room) {
    return new RoomPattern(room.type() + ANY_NAME);
  }

  static RoomPattern of(RoomName room) {
    return new RoomPattern(room.value());
  }

  private static boolean wellFormed(String text) {
    if (text.equals("*") || RoomName.isWellFormed(text)) {
      return true;
    }
    // "board:*" is a pattern where "board:x" would be a room.
    return text.endsWith(ANY_NAME)
        && RoomName.isWellFormed(text.substring(0, text.length() - 1) + "x");
  }

  @Override
  public String toString() {
    return text;
  }
}
