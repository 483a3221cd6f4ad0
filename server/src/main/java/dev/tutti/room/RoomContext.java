package dev.tutti.room;

import dev.tutti.journal.Journal;
import dev.tutti.relay.Relay;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What every room of an instance works with.
 *
 * @param random for pauses only
 */
public record RoomContext(
    Journal journal,
    Relay relay,
    SnapshotWriter snapshots,
    RoomSettings settings,
    InstantSource clock,
    RandomGenerator random,
    RoomCounts counts,
    Outage outage) {

  /** A context whose rooms tell of the journal's outages together. */
  public RoomContext(
      Journal journal,
      Relay relay,
      SnapshotWriter snapshots,
      RoomSettings settings,
      InstantSource clock,
      RandomGenerator random,
      RoomCounts counts) {
    this(journal, relay, snapshots, settings, clock, random, counts, new Outage(clock));
  }

  /** With counts of its own. */
  public RoomContext(
      Journal journal,
      Relay relay,
      SnapshotWriter snapshots,
      RoomSettings settings,
      InstantSource clock,
      RandomGenerator random) {
    this(journal, relay, snapshots, settings, clock, random, new RoomCounts());
  }

  long millis() {
    return clock.millis();
  }
}
