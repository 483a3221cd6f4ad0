package dev.tutti.journal;

import java.util.List;

/**
 * Events to append to one room, all or none.
 *
 * @param epoch the life of the journal that they were decided in; in another one they lose; empty
 *     for whoever appends without having read
 * @param room its id in the journal
 * @param after the head that they were decided on
 * @param entries numbered {@code after + 1, after + 2, …}; at least one
 */
public record Batch(String epoch, long room, long after, List<Entry> entries) {
  /** A batch of somebody who has read nothing that another life of the journal could lack. */
  public Batch(long room, long after, List<Entry> entries) {
    this("", room, after, entries);
  }

  public Batch {
    if (entries.isEmpty()
        || entries.getFirst().seq() != after + 1
        || entries.getLast().seq() != after + entries.size()) {
      throw new IllegalArgumentException("Entries must follow the head without a gap.");
    }
    entries = List.copyOf(entries);
  }

  /** Whether this may be appended in a life of the journal. */
  public boolean belongsTo(String life) {
    return epoch.isEmpty() || epoch.equals(life);
  }

  /** The head of the room once this is appended. */
  public long head() {
    return after + entries.size();
  }
}
