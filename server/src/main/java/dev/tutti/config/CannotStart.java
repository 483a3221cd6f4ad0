package dev.tutti.config;

/**
 * The server cannot start (or go on) for a reason that its operator can change: a port in use, a
 * database that is not there. Ends the process with one sentence and one hint, without a stack
 * trace.
 */
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String hint;

  /**
   * @param sentence what is wrong
   * @param hint what to do about it
   */
  public CannotStart(String sentence, String hint) {
    super(sentence);
    this.hint = hint;
  }

  /** The same, with the exception that told; it is logged at {@code debug}. */
  public CannotStart(String sentence, String hint, Throwable cause) {
    super(sentence, cause);
    this.hint = hint;
  }

  /** What to do about it. */
  public String hint() {
    return hint;
  }
}
