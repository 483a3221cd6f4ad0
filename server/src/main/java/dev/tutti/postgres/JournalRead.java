package dev.tutti.postgres;

import java.util.Locale;

/** What the readers are asked for: the table behind the label of a metric. */
public enum JournalRead {
  /** A room that is loaded: its snapshot and its last events. */
  ROOM,
  /** Events that are missing here, or that did not fit into the first page of a load. */
  EVENTS,
  /** Past events, for those who ask for them. */
  HISTORY,
  /** Where keys were applied. */
  KEYS,
  /** Heads and the journal's life, of many rooms at once. */
  HEADS,
  /** Lists, imports, snapshots. */
  OTHER;

  /** The label's value. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
