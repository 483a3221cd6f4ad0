package dev.tutti.session;

import dev.tutti.auth.Admission;
import dev.tutti.protocol.Limits;
import dev.tutti.room.Rooms;
import java.time.InstantSource;

/**
 * What every session works with.
 *
 * @param version of the server, for {@code welcome}
 */
public record SessionContext(
    Rooms rooms,
    Admission admission,
    Limits limits,
    InstantSource clock,
    String version,
    SessionCounts counts) {

  /** With counts of its own. */
  public SessionContext(
      Rooms rooms, Admission admission, Limits limits, InstantSource clock, String version) {
    this(rooms, admission, limits, clock, version, new SessionCounts());
  }

  long millis() {
    return clock.millis();
  }
}
