package dev.tutti.world;

import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.RoomName;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A command as its sender remembers it: sent once or more, always under the same key. */
final class Sent {
  private final RoomName room;
  private final UUID key;
  private final String name;
  private final ObjectNode args;
  private final Optional<ObjectNode> expect;

  /** Times that it was sent. */
  int copies;

  /** When the copy that was answered was sent. */
  long sentMicros;

  Optional<Long> acceptedAt = Optional.empty();
  Optional<Code> refusedWith = Optional.empty();
  String refusedBecause = "";

  /** When the refusal came. */
  long refusedMicros;

  Sent(RoomName room, UUID key, String name, ObjectNode args, Optional<ObjectNode> expect) {
    this.room = room;
    this.key = key;
    this.name = name;
    this.args = args;
    this.expect = expect;
  }

  RoomName room() {
    return room;
  }

  UUID key() {
    return key;
  }

  String name() {
    return name;
  }

  ObjectNode args() {
    return args;
  }

  boolean answered() {
    return acceptedAt.isPresent() || refusedWith.isPresent();
  }

  /** Whether the earlier of the two, of the same sender, may be answered as this one is. */
  boolean replaces(Sent earlier) {
    return name.equals(TallyRules.NOTE)
        && earlier.name.equals(TallyRules.NOTE)
        && room.equals(earlier.room)
        && note() > earlier.note();
  }

  private int note() {
    return args.path("n").asInt();
  }

  ClientMessage.Command message(long id) {
    return new ClientMessage.Command(id, room, key, name, args, expect.orElse(null));
  }

  @Override
  public String toString() {
    return name + args + " key=" + key.toString().substring(24);
  }
}
