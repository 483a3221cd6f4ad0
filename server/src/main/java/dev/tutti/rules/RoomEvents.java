package dev.tutti.rules;

/** Events of the engine's own about a room as a whole. No command of a room type makes them. */
public final class RoomEvents {
  /** What all of their names begin with. */
  public static final String PREFIX = "room.";

  private RoomEvents() {}
}
