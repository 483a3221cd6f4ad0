package dev.tutti.config;

import java.time.Duration;

/**
 * How rooms live.
 *
 * @param heal how often the loaded rooms are compared with the journal
 * @param idle an unused room is unloaded after it
 * @param snapshotEvery events between two snapshots of a room
 */
public record Rooms(Duration heal, Duration idle, int snapshotEvery) {

  static Rooms read(Reading reading) {
    return new Rooms(
        Duration.ofMillis(reading.number(Setting.HEAL)),
        Duration.ofSeconds(reading.number(Setting.IDLE_ROOM)),
        reading.number(Setting.SNAPSHOT_EVERY));
  }
}
