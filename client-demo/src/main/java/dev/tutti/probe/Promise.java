package dev.tutti.probe;

/**
 * What the system is held to, by the simulation and by the chaos of real processes. Each check
 * names one of these.
 */
public enum Promise {
  /** An accepted command is in the journal at the answered {@code seq}, with its digest. */
  NOTHING_ACCEPTED_IS_LOST,
  /** A key is in a room's journal at most once, and only keys that somebody sent. */
  NOTHING_HAPPENS_TWICE,
  /** Each event was decided on the document that the one before it left. */
  EACH_DECIDED_ON_THE_ONE_BEFORE,
  /** What a client is sent of a room has no gap and no repeat. */
  NO_GAP,
  /** Every client sees the journal's events under the journal's numbers. */
  ONE_ORDER,
  /** A subscribed sender has its event when {@code accepted} comes. */
  EVENT_BEFORE_ANSWER,
  /** A command is answered at most once on a connection, and at last once. */
  ANSWERED_ONCE,
  /** A command that is refused has not happened. */
  REFUSED_MEANS_NO,
  /** Nothing by somebody without the role is in the journal. */
  NOBODY_WITHOUT_THE_ROLE,
  /** When all is quiet, everybody's document is the journal's replay. */
  EVERYBODY_LEVEL,
  /** When all is quiet, for 16 s at most, each client sees the members of all instances. */
  PRESENCE_IS_WHO_IS_THERE,
  /** What a member says in passing is never followed by something that it said before. */
  SIGNALS_ARE_THE_LATEST,
  /** When the faults stop, so does the work: the journal is left in peace. */
  SILENCE,
  /** Nothing of a room is written to a socket that is full. */
  SLOW_READERS_COST_NOTHING,
  /** Frames are released once, and not written afterwards. */
  FRAMES_ARE_RELEASED_ONCE,
  /** Nothing throws on an event loop. */
  NOTHING_THROWS
}
