package dev.tutti.auth;

import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import java.time.Instant;
import java.util.Optional;

/**
 * Who a connection speaks for.
 *
 * @param user the user id, the same on every device; that of a guest starts with {@code guest:}
 * @param name for people to read, 1 to 60 characters
 * @param grants the role in each room, where the room's own {@code access} collection says nothing
 * @param expiresAt when the session ends unless it has said another {@code hello}; empty for guests
 */
public record Identity(
    String user, String name, Grants grants, Optional<Instant> expiresAt, boolean guest) {

  /** The role that this identity brings into a room. */
  public Role roleIn(RoomName room) {
    return grants.roleIn(room);
  }
}
