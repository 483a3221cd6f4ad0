package dev.tutti.journal;

import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.journal.Journal.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * What the journal has of a room at one moment.
 *
 * @param epoch the life of the journal in which it was read
 * @param room empty where it does not exist
 * @param entries consecutive, the oldest first
 */
public record Opening(
    String epoch, Optional<RoomHead> room, Optional<Snapshot> snapshot, List<Entry> entries) {
  public Opening {
    entries = List.copyOf(entries);
  }
}
