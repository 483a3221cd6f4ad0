package dev.tutti.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What arguments of commands may look like. Each check returns its value, or throws {@link
 * InvalidMessage} with code {@code invalid} and the path {@code args.FIELD}.
 */
public final class Args {
  /** Longest id of an entity that a client may choose, in characters. */
  public static final int MAX_ID_CHARS = 64;

  /** Longest user id, in characters. */
  public static final int MAX_USER_CHARS = 128;

  private Args() {}

  /**
   * An entity's id: {@code [A-Za-z0-9_-]{1,64}}, and no name that JavaScript objects are born with.
   */
  public static String id(String value, String field) {
    if (value.isEmpty() || value.length() > MAX_ID_CHARS || isReserved(value)) {
      throw badId(field);
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
        throw badId(field);
      }
    }
    return value;
  }

  /** An entity's id, where one is given. */
  public static @Nullable String optionalId(@Nullable String value, String field) {
    return value == null ? null : id(value, field);
  }

  /** A user id: what tokens and guests carry, so anything visible without a space in it. */
  public static String user(String value, String field) {
    key(value, MAX_USER_CHARS, field);
    if (value.chars().anyMatch(Character::isWhitespace)) {
      throw invalid(field, "A user id has no spaces in it.");
    }
    return value;
  }

  /** One line that becomes the name of a field in the document. */
  public static String key(String value, int maxChars, String field) {
    line(value, maxChars, field);
    if (isReserved(value)) {
      throw invalid(field, "\"" + value + "\" is a reserved word.");
    }
    return value;
  }

  /** One line of text that says something: not blank, no line breaks or control characters. */
  public static String line(String value, int maxChars, String field) {
    if (value.isBlank()) {
      throw invalid(field, "\"" + field + "\" must not be empty.");
    }
    return checked(value, maxChars, false, field);
  }

  /** Text of any number of lines that says something. */
  public static String text(String value, int maxChars, String field) {
    if (value.isBlank()) {
      throw invalid(field, "\"" + field + "\" must not be empty.");
    }
    return checked(value, maxChars, true, field);
  }

  /** Text of any number of lines, that may be empty. */
  public static String anyText(String value, int maxChars, String field) {
    return checked(value, maxChars, true, field);
  }

  /** A whole number from {@code least} to {@code most}. */
  public static int between(int value, int least, int most, String field) {
    if (value < least || value > most) {
      throw invalid(
          field, "\"" + field + "\" must be a number from " + least + " to " + most + ".");
    }
    return value;
  }

  /** The refusal of one argument. */
  public static InvalidMessage invalid(String field, String sentence) {
    return new InvalidMessage(Code.INVALID, sentence, "args." + field);
  }

  private static String checked(String value, int maxChars, boolean lines, String field) {
    if (value.length() > maxChars) {
      throw invalid(field, "\"" + field + "\" is longer than " + maxChars + " characters.");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) && !(lines && (c == '\n' || c == '\r' || c == '\t'))) {
        throw invalid(field, "\"" + field + "\" holds a control character.");
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(i + 1));
        if (!pair) {
          throw invalid(field, "\"" + field + "\" is not valid Unicode.");
        }
        i++;
      }
    }
    return value;
  }

  /** Whether a browser's plain object would take this for something else than a field. */
  private static boolean isReserved(String value) {
    return switch (value) {
      case "__proto__", "constructor", "prototype" -> true;
      default -> false;
    };
  }

  private static InvalidMessage badId(String field) {
    return invalid(
        field, "\"" + field + "\" must be an id of 1 to 64 letters, digits, '-' and '_'.");
  }
}
