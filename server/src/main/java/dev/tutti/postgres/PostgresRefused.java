package dev.tutti.postgres;

/**
 * The server will not start over this PostgreSQL. The message is one or two sentences for the
 * person who started it: what is wrong, and what to do.
 */
public final class PostgresRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PostgresRefused(String sentence) {
    super(sentence);
  }

  public PostgresRefused(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
