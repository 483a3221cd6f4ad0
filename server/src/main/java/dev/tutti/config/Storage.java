package dev.tutti.config;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where events are kept.
 *
 * @param data the data directory; made where it is not there
 * @param external the PostgreSQL to use; empty for the embedded one
 * @param acceptVolatile whether to start over a PostgreSQL that may lose what it committed
 * @param lanes appender lanes, each a thread with a connection
 */
public record Storage(
    Path data, Optional<PostgresTarget> external, boolean acceptVolatile, int lanes) {
  /** The settings that say where it is. */
  public static final Set<Setting> ADDRESS =
      Set.copyOf(
          EnumSet.of(
              Setting.DATA,
              Setting.POSTGRES_URL,
              Setting.POSTGRES_USER,
              Setting.POSTGRES_PASSWORD_FILE,
              Setting.POSTGRES_PASSWORD));

  /**
   * Reads them, for a command that is not a server.
   *
   * @param problems gets a sentence for all that is wrong; then the result must not be used
   */
  public static Storage read(Given given, List<String> problems) {
    Reading reading = new Reading(given);
    Storage storage = read(reading);
    problems.addAll(reading.problems());
    return storage;
  }

  static Storage read(Reading reading) {
    return new Storage(
        reading.path(Setting.DATA),
        PostgresTarget.read(reading),
        reading.flag(Setting.ACCEPT_VOLATILE_POSTGRES),
        reading.number(Setting.LANES));
  }
}
