package dev.tutti.config;

import java.util.Optional;

/**
 * Who may read the metrics.
 *
 * @param token the secret that a reader shows; without one, only this machine may read
 */
public record Monitoring(Optional<String> token) {
  private static final int MIN_TOKEN_CHARS = 16;

  static Monitoring read(Reading reading) {
    Optional<String> token = reading.secret(Setting.METRICS_TOKEN, Setting.METRICS_TOKEN_FILE);
    if (token.filter(text -> text.length() < MIN_TOKEN_CHARS).isPresent()) {
      reading.problem("The metrics token must have at least " + MIN_TOKEN_CHARS + " characters.");
    }
    return new Monitoring(token);
  }

  @Override
  public String toString() {
    return "Monitoring(" + (token.isPresent() ? "by token" : "from this machine") + ")";
  }
}
