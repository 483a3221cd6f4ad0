package dev.tutti.postgres;

/** Why something failed, in a few words for a log: the innermost cause. It names no secret. */
final class Reason {
  private static final int MAX_CHARS = 300;

  private Reason() {}

  /** On one line, without a full stop. */
  static String of(Throwable failure) {
    Throwable cause = failure;
    for (Throwable next = cause.getCause(); next != null; next = next.getCause()) {
      cause = next;
    }
    String message = cause.getMessage();
    // A host that is not known says nothing but its name.
    String text = message == null || !message.contains(" ") ? cause.toString() : message;
    String line = text.lines().findFirst().orElse("").strip().replaceFirst("\\.$", "");
    return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS) + "…";
  }
}
