package dev.tutti.journal;

import java.util.List;

/**
 * Events to append to one room, all or none.
 *
 * @param room its id in the journal
 * @param after the head that they were decided on
 * @param entries numbered {@code after + 1, after + 2, …}; at least one
 */
public record Batch(long room, long after, List<Entry> entries) {
  public Batch {
    if (entries.isEmpty()
        || entries.getFirst().seq() != after + 1
        || entries.getLast().seq() != after + entries.size()) {
      throw new IllegalArgumentException("Entries must follow the head without a gap.");
    }
    entries = List.copyOf(entries);
  }

  /** The head of the room once this is appended. */
  public long head() {
    return after + entries.size();
  }
}
