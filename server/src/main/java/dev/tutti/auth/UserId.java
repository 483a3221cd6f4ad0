package dev.tutti.auth;

/** The rules for the {@code sub} of a token: it becomes a key of documents and a word of logs. */
final class UserId {
  /** Ids of guests start so; a token of another issuer may not. */
  static final String GUEST_PREFIX = "guest:";

  static final int MAX_CHARS = 128;

  private UserId() {}

  /** Whether an issuer's token may name its user so. */
  static boolean isAllowed(String user) {
    return user.codePointCount(0, user.length()) <= MAX_CHARS
        && !user.isEmpty()
        && !user.startsWith(GUEST_PREFIX)
        && user.codePoints().allMatch(UserId::printable);
  }

  /** What {@link #isAllowed} asks for. */
  static String sentence() {
    return "A user id has 1 to "
        + MAX_CHARS
        + " visible characters without spaces, and does not start with "
        + GUEST_PREFIX
        + ".";
  }

  private static boolean printable(int character) {
    return DisplayName.harmless(character)
        && Character.getType(character) != Character.FORMAT
        && !Character.isSpaceChar(character);
  }
}
