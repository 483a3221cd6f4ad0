package dev.tutti.postgres;

/** Why something failed, in a few words for a log: the innermost cause. It names no secret. */
final class Reason {
  private static final int MAX_CHARS = 300;

  private Reason() {}

  /** On one line, without a full stop. */
  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    // A host that is not known says nothing but its name.
    boolean alone = cause.getMessage() == null || !cause.getMessage().contains(" ");
    String text = alone ? cause.toString() : cause.getMessage();
    String line = text.lines().findFirst().orElse("").strip().replaceFirst("\\.$", "");
    return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS) + "…";
  }
}
