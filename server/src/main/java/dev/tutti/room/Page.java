package dev.tutti.room;

import dev.tutti.protocol.Event;
import java.util.List;
import java.util.Optional;

/** A page of past events, or why not. */
public sealed interface Page {
  /**
   * Ascending events; {@code more} says whether another page lies beyond them.
   *
   * @param reached the oldest event that was looked at, where only some were asked for
   */
  record Read(List<Event> events, boolean more, Optional<Long> reached) implements Page {
    /** All events of a range. */
    public Read(List<Event> events, boolean more) {
      this(events, more, Optional.empty());
    }
  }

  /** The page was not read. */
  record Refused(Outcome.Refused refusal) implements Page {}
}
