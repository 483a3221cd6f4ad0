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
 * @param scope which commands it may send at all
 */
public record Identity(
    String user,
    String name,
    Grants grants,
    Optional<Instant> expiresAt,
    boolean guest,
    Scope scope) {

  /** One that may send every command that its role allows. */
  public Identity(
      String user, String name, Grants grants, Optional<Instant> expiresAt, boolean guest) {
    this(user, name, grants, expiresAt, guest, Scope.ALL);
  }

  /** The role that this identity brings into a room; in the server's own nobody's is higher. */
  public Role roleIn(RoomName room) {
    Role role = grants.roleIn(room);
    boolean servers = room.equals(RoomName.SERVER) && role.atLeast(Role.VIEWER);
    return servers ? Role.VIEWER : role;
  }
}
