package dev.tutti.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of a room, {@code type:name}, for example {@code board:launch}. The part before the
 * colon chooses the rules.
 *
 * <p>Grammar: {@code [a-z][a-z0-9-]{0,31}:[A-Za-z0-9._-]{1,128}}.
 */
public record RoomName(@JsonValue String value) {
  /** The room in which a server shows itself, and that only it writes. */
  public static final RoomName SERVER = new RoomName("dashboard:server");

  private static final int MAX_TYPE_CHARS = 32;
  private static final int MAX_LOCAL_CHARS = 128;

  /**
   * @throws InvalidMessage with code {@code invalid} when the name breaks the grammar
   */
  @JsonCreator
  public RoomName {
    if (!isWellFormed(value)) {
      throw new InvalidMessage(
          Code.INVALID,
          "A room is named type:name, like board:launch, with letters, digits, '.', '_' and '-'.",
          "room");
    }
  }

  /** The room's type, the part before the colon: what chooses its rules. */
  public String type() {
    return value.substring(0, value.indexOf(':'));
  }

  /** The part behind the colon. */
  public String local() {
    return value.substring(value.indexOf(':') + 1);
  }

  /** Whether a text follows the grammar above. */
  public static boolean isWellFormed(String value) {
    int colon = value.indexOf(':');
    int local = value.length() - colon - 1;
    if (colon < 1 || colon > MAX_TYPE_CHARS || local < 1 || local > MAX_LOCAL_CHARS) {
      return false;
    }
    if (!isLower(value.charAt(0))) {
      return false;
    }
    for (int i = 1; i < colon; i++) {
      char c = value.charAt(i);
      if (!isLower(c) && !isDigit(c) && c != '-') {
        return false;
      }
    }
    for (int i = colon + 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isLower(c)
          && !isDigit(c)
          && !(c >= 'A' && c <= 'Z')
          && c != '.'
          && c != '_'
          && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public String toString() {
    return value;
  }
}
