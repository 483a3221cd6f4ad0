package dev.tutti.auth;

import java.util.Optional;

/** The rules for names that people see, so that nobody can hide in one or write over another. */
final class DisplayName {
  static final int MAX_CHARS = 60;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** Letters and symbols by their category, but nothing to see. */
  private static final String BLANK_LETTERS = "\u115F\u1160\u2800\u3164\uFFA0";

  private DisplayName() {}

  /**
   * What of a name people see: without what cannot be seen, and cut where it is too long. A name is
   * pasted from anywhere, and nobody is shut out for what they cannot see. Empty where nothing is
   * left.
   */
  static Optional<String> shown(String raw) {
    StringBuilder shown = new StringBuilder();
    raw.codePoints()
        .map(character -> breaksLines(character) ? ' ' : character)
        .filter(DisplayName::harmless)
        .forEach(shown::appendCodePoint);
    String name = cut(shown.toString().strip()).strip();
    return name.codePoints().anyMatch(DisplayName::visible) ? Optional.of(name) : Optional.empty();
  }

  /** A name that is shown as it is, but for white space around it. */
  static Optional<String> clean(String raw) {
    return shown(raw).filter(raw.strip()::equals);
  }

  /** The head of a text, as long as a name may be. */
  private static String cut(String text) {
    int length = text.codePointCount(0, text.length());
    return text.substring(0, text.offsetByCodePoints(0, Math.min(length, MAX_CHARS)));
  }

  /** What is wrong with a name for which either is empty, for its owner. */
  static String sentence() {
    return "A name has 1 to " + MAX_CHARS + " visible characters and no control characters.";
  }

  /**
   * Control, direction and other invisible characters have no place; joiners shape real scripts.
   */
  static boolean harmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }

  private static boolean breaksLines(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  private static boolean visible(int character) {
    return switch (Character.getType(character)) {
      case Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK ->
          false;
      default -> BLANK_LETTERS.indexOf(character) < 0;
    };
  }
}
