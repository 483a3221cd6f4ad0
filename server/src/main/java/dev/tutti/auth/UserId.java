package dev.tutti.auth;

import dev.tutti.protocol.AccessCommand;
import dev.tutti.protocol.Args;
import dev.tutti.protocol.InvalidMessage;

/** The rules for the {@code sub} of a token: it becomes a key of documents and a word of logs. */
final class UserId {
  /** Ids of guests start so; a token of another issuer may not. */
  static final String GUEST_PREFIX = "guest:";

  private UserId() {}

  /** Whether an issuer's token may name its user so. */
  static boolean isAllowed(String user) {
    return !user.equals(AccessCommand.SERVER)
        && !user.startsWith(GUEST_PREFIX)
        && !user.startsWith(AccessCommand.IMPORTED)
        && user.codePoints().allMatch(UserId::printable)
        && canBeGranted(user);
  }

  /** What {@link #isAllowed} asks for. */
  static String sentence() {
    return "A user id has 1 to "
        + Args.MAX_USER_CHARS
        + " visible characters without spaces, is not "
        + AccessCommand.SERVER
        + ", and does not start with "
        + GUEST_PREFIX
        + " or "
        + AccessCommand.IMPORTED
        + ".";
  }

  /** Who cannot be named by {@code access.grant} would be nobody's to grant or revoke. */
  private static boolean canBeGranted(String user) {
    try {
      Args.user(user, "sub");
      return true;
    } catch (InvalidMessage e) {
      return false;
    }
  }

  private static boolean printable(int character) {
    return DisplayName.harmless(character)
        && Character.getType(character) != Character.FORMAT
        && !Character.isSpaceChar(character);
  }
}
