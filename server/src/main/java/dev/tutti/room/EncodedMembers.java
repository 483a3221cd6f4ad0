package dev.tutti.room;

import dev.tutti.protocol.Codec;
import dev.tutti.protocol.ServerMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a room that are listed one by one, encoded at most once for each codec: where
 * thousands come back at once, most find the list full and get the same. Any thread.
 */
final class EncodedMembers {
  private final ObjectNode members;
  private final Map<Codec, byte[]> encoded = new ConcurrentHashMap<>(2);

  EncodedMembers(ServerMessage.Presence all) {
    this.members = all.members();
  }

  /** Whether these are the very same members. */
  boolean areOf(ServerMessage.Presence all) {
    return members == all.members();
  }

  byte[] in(Codec codec) {
    return encoded.computeIfAbsent(codec, c -> c.encodeValue(members));
  }
}
