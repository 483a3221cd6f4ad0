package dev.tutti.room;

import dev.tutti.protocol.Role;

/**
 * Who somebody is, and what their token says of this room. The room's own {@code access} entry wins
 * over the role claimed here.
 */
public record Claim(String user, String name, Role role) {}
