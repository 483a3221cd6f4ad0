package dev.tutti.room;

import dev.tutti.protocol.AccessCommand;
import dev.tutti.protocol.Role;

/**
 * Who somebody is, and what their token says of this room. The room's own {@code access} entry wins
 * over the role claimed here.
 */
public record Claim(String user, String name, Role role) {
  /** The server itself, where it does what users do. */
  public static final Claim SERVER = new Claim(AccessCommand.SERVER, "Tutti", Role.OWNER);
}
