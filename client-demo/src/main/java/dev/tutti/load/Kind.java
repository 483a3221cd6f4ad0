package dev.tutti.load;

/** What a message of the server is: told by the first letters of its type, its first field. */
enum Kind {
  WELCOME,
  SUBSCRIBED,
  EVENTS,
  RESET,
  ACCEPTED,
  REFUSED,
  UNSUBSCRIBED,
  PING,
  BYE,

  /** One that no client here looks at. */
  OTHER;

  /** Where the type's own letters start, behind <code>{"type":"</code>. */
  private static final int LETTERS = 9;

  /** The kind of the message in [from, to). */
  static Kind of(byte[] text, int from, int to) {
    if (to - from < LETTERS + 3) {
      return OTHER;
    }
    byte second = text[from + LETTERS + 1];
    byte third = text[from + LETTERS + 2];
    return switch (text[from + LETTERS]) {
      case 'w' -> WELCOME;
      case 's' -> second == 'u' ? SUBSCRIBED : OTHER;
      case 'e' -> EVENTS;
      case 'r' -> third == 's' ? RESET : third == 'f' ? REFUSED : OTHER;
      case 'a' -> ACCEPTED;
      case 'u' -> UNSUBSCRIBED;
      case 'p' -> second == 'i' ? PING : OTHER;
      case 'b' -> BYE;
      default -> OTHER;
    };
  }
}
