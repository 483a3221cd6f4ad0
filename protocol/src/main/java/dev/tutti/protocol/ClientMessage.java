package dev.tutti.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a client says. One message a frame; {@code type} names the record. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ClientMessage {

  /** A message that is answered by a message with the same {@code id}. */
  sealed interface Request extends ClientMessage {
    /** The client's own number, unique on its connection. */
    long id();

    /** The room that is meant. */
    RoomName room();
  }

  /**
   * The first message. Sent again later, it replaces the token before it expires.
   *
   * @param token a signed token (RFC 7519); for a guest the one that {@code welcome} gave, or none
   * @param name a guest's display name; ignored beside any other token
   * @param client free text that names the client's software, for the server's log
   */
  @JsonTypeName("hello")
  record Hello(@Nullable String token, @Nullable String name, @Nullable String client)
      implements ClientMessage {}

  /**
   * Start to receive a room.
   *
   * @param after the last {@code seq} that the client holds, to resume from there
   * @param epoch the epoch under which it holds it
   */
  @JsonTypeName("subscribe")
  record Subscribe(long id, RoomName room, @Nullable Long after, @Nullable String epoch)
      implements Request {}

  /** Stop receiving a room. */
  @JsonTypeName("unsubscribe")
  record Unsubscribe(long id, RoomName room) implements Request {}

  /**
   * Ask for a change.
   *
   * @param key chosen by the client, UUID version 7 preferred; the same key is applied at most once
   * @param expect a partial document; where the room differs from it the command is refused as
   *     {@code stale} ({@code null} means absent)
   */
  @JsonTypeName("command")
  record Command(
      long id, RoomName room, UUID key, String name, ObjectNode args, @Nullable ObjectNode expect)
      implements Request {}

  /** Change my own presence in a room: a merge patch over my state. */
  @JsonTypeName("presence")
  record Presence(RoomName room, ObjectNode state) implements ClientMessage {}

  /** An ephemeral message to a room's members: latest wins per member and topic. */
  @JsonTypeName("signal")
  record Signal(RoomName room, String topic, ObjectNode data) implements ClientMessage {}

  /**
   * Ask for past events: those before a {@code seq}, newest page first, or those after one.
   *
   * @param entity only those that changed this one, written {@code collection/id}
   */
  @JsonTypeName("history")
  record History(
      long id,
      RoomName room,
      @Nullable Long before,
      @Nullable Long after,
      int limit,
      @Nullable EntityName entity)
      implements Request {
    public History {
      if (before != null && after != null) {
        throw new InvalidMessage(
            Code.INVALID, "Ask for events before a seq or after one, not both.", "before");
      }
      if (entity != null && after != null) {
        throw new InvalidMessage(
            Code.INVALID, "The events of one entity are asked for from the newest on.", "after");
      }
    }

    /** Of all entities. */
    public History(long id, RoomName room, @Nullable Long before, @Nullable Long after, int limit) {
      this(id, room, before, after, limit, null);
    }
  }

  /** The answer to a ping. Any other message says the same. */
  @JsonTypeName("pong")
  record Pong() implements ClientMessage {}
}
