package dev.tutti.config;

import java.nio.file.Path;
import java.util.Optional;

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

  static Storage read(Reading reading) {
    return new Storage(
        reading.path(Setting.DATA),
        PostgresTarget.read(reading),
        reading.flag(Setting.ACCEPT_VOLATILE_POSTGRES),
        reading.number(Setting.LANES));
  }
}
