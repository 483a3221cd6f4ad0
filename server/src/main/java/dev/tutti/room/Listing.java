package dev.tutti.room;

import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A page of the rooms that somebody may read, by name.
 *
 * @param next where the next page begins: behind this name; empty when this was the last
 */
public record Listing(List<Listed> rooms, Optional<String> next) {

  /**
   * One room.
   *
   * @param seq its last event
   * @param changed when that was, or a little before, if it is known
   * @param role of whoever asked
   */
  public record Listed(
      RoomName room, long seq, Optional<Instant> changed, Optional<String> title, Role role) {}

  /**
   * Which rooms are asked for.
   *
   * @param prefix that their names have
   * @param after behind this name; empty for the beginning
   * @param limit 1 or more
   */
  public record Query(String prefix, String after, int limit) {}
}
