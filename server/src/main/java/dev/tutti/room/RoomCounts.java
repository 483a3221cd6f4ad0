package dev.tutti.room;

import dev.tutti.journal.Appended;
import dev.tutti.measure.Count;
import dev.tutti.measure.Distribution;

/**
 * What the rooms of one instance count. Written by the rooms' threads, read by whoever looks.
 *
 * @param loads times that a room was read from the journal
 * @param loadFailures attempts of it that failed
 * @param won appends that were committed
 * @param lost appends that somebody else was faster than
 * @param waits times that commands waited because other instances were appending
 * @param unknown appends whose end nobody could tell at first
 * @param unavailable appends that the journal did not take
 * @param batch events of an append that was committed
 * @param healedGaps times that events were missing here and read from the journal
 * @param healedEvents events that were read so
 * @param duplicates commands whose key was in the journal already: sent again, or appended with an
 *     unknown end
 * @param resets readers that fell too far behind and were sent the whole document
 * @param lives times that a room found the journal in another life
 * @param trimmed events that rooms have let go of
 * @param accidents times that a room did not cope with an answer of the journal: a defect
 */
public record RoomCounts(
    Count loads,
    Count loadFailures,
    Count won,
    Count lost,
    Count waits,
    Count unknown,
    Count unavailable,
    Distribution batch,
    Count healedGaps,
    Count healedEvents,
    Count duplicates,
    Count resets,
    Count lives,
    Count trimmed,
    Count accidents) {

  /** An append of so many events has ended. */
  void appended(Appended outcome, int events) {
    switch (outcome) {
      case Appended.Won() -> {
        won.increment();
        batch.record(events);
      }
      case Appended.Lost() -> lost.increment();
      case Appended.Unknown unknownEnd -> unknown.increment();
      case Appended.Unavailable notTaken -> unavailable.increment();
    }
  }

  /** A reading for want of events has brought so many. */
  void healed(int events) {
    if (events > 0) {
      healedGaps.increment();
      healedEvents.add(events);
    }
  }

  /** Nothing was counted yet. */
  public RoomCounts() {
    this(
        new Count(),
        new Count(),
        new Count(),
        new Count(),
        new Count(),
        new Count(),
        new Count(),
        Distribution.ofSizes(),
        new Count(),
        new Count(),
        new Count(),
        new Count(),
        new Count(),
        new Count(),
        new Count());
  }
}
