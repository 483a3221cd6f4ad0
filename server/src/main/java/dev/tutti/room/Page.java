package dev.tutti.room;

import dev.tutti.protocol.Event;
import java.util.List;

/** A page of past events, or why not. */
public sealed interface Page {
  /** Ascending events; {@code more} says whether another page lies beyond them. */
  record Read(List<Event> events, boolean more) implements Page {}

  /** The page was not read. */
  record Refused(Outcome.Refused refusal) implements Page {}
}
