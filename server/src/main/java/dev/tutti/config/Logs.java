package dev.tutti.config;

import java.util.Map;

/**
 * What is logged, on standard error.
 *
 * @param level of this server's own loggers: {@code error} to {@code trace}
 */
public record Logs(String level, Format format) {
  private static final Map<String, String> LEVELS =
      Map.of("error", "error", "warn", "warn", "info", "info", "debug", "debug", "trace", "trace");
  private static final Map<String, Format> FORMATS =
      Map.of("text", Format.TEXT, "json", Format.JSON);

  /** For whom. */
  public enum Format {
    /** People. */
    TEXT,
    /** Machines: one JSON object a line. */
    JSON
  }

  static Logs read(Reading reading) {
    return new Logs(
        reading.word(Setting.LOG_LEVEL, LEVELS, "error, warn, info, debug or trace"),
        reading.word(Setting.LOG_FORMAT, FORMATS, "text or json"));
  }
}
