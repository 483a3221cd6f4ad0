package dev.tutti.auth;

import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import java.util.Map;

/** A role per pattern of rooms. The most specific pattern that fits a room decides alone. */
public record Grants(Map<RoomPattern, Role> byPattern) {
  /** No role in any room: only a room's own {@code access} collection can let such a user in. */
  public static final Grants NONE = new Grants(Map.of());

  public Grants {
    byPattern = Map.copyOf(byPattern);
  }

  /** One role in all rooms. */
  public static Grants everywhere(Role role) {
    return new Grants(Map.of(RoomPattern.ALL, role));
  }

  /** The role in a room: by its name, else by its type, else for all rooms, else none. */
  public Role roleIn(RoomName room) {
    Role byName = byPattern.get(RoomPattern.of(room));
    if (byName != null) {
      return byName;
    }
    Role byType = byPattern.get(RoomPattern.ofType(room));
    return byType != null ? byType : byPattern.getOrDefault(RoomPattern.ALL, Role.NONE);
  }
}
