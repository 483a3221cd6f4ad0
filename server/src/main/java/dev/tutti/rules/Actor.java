package dev.tutti.rules;

import dev.tutti.protocol.Role;

/**
 * Who sends a command.
 *
 * @param user the user id, the same on every device
 * @param name for people to read
 * @param role in this room, at the document that is decided on
 */
public record Actor(String user, String name, Role role) {}
