package dev.tutti.config;

import dev.tutti.sources.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How rooms live.
 *
 * @param heal how often the loaded rooms are compared with the journal
 * @param idle an unused room is unloaded after it
 * @param snapshotEvery events between two snapshots of a room
 * @param keep how long events are kept of types that do not keep everything
 * @param types a folder of jars with room types of one's own
 * @param sources what is asked of elsewhere for dashboards
 * @param rulesBudget the longest that those may take for one command
 */
public record Rooms(
    Duration heal,
    Duration idle,
    int snapshotEvery,
    Optional<Duration> keep,
    Optional<Path> types,
    Sources.Plan sources,
    Duration rulesBudget) {

  /** A hundred years. */
  private static final int MAX_KEEP_HOURS = 876_000;

  static Rooms read(Reading reading) {
    return new Rooms(
        Duration.ofMillis(reading.number(Setting.HEAL)),
        Duration.ofSeconds(reading.number(Setting.IDLE_ROOM)),
        reading.number(Setting.SNAPSHOT_EVERY),
        keep(reading),
        reading.optional(Setting.ROOM_TYPES).map(given -> reading.path(Setting.ROOM_TYPES)),
        reading.sources(Setting.SOURCES),
        Duration.ofMillis(reading.number(Setting.RULES_BUDGET)));
  }

  private static Optional<Duration> keep(Reading reading) {
    return reading.isGiven(Setting.KEEP_HOURS)
        ? Optional.of(Duration.ofHours(reading.number(Setting.KEEP_HOURS, 1, 1, MAX_KEEP_HOURS)))
        : Optional.empty();
  }
}
