package dev.tutti.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the server says. {@code type} names the record. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ServerMessage {

  /**
   * The answer to {@code hello}.
   *
   * @param session names this connection, and the member that it is in each room
   * @param token for a guest only: said in the next {@code hello}, it keeps the same user id
   * @param pingMillis the longest silence from the server, in milliseconds
   */
  @JsonTypeName("welcome")
  record Welcome(
      String session,
      User user,
      @Nullable String token,
      Server server,
      int pingMillis,
      Limits.Client limits)
      implements ServerMessage {
    /** Who the server takes the client for. */
    public record User(String id, String name) {}

    /**
     * What the server tells of itself.
     *
     * @param at its clock, by which rules decide what is over
     */
    public record Server(String version, Instant at) {}
  }

  /**
   * The answer to {@code subscribe}: either the document at {@code seq}, or the events behind the
   * {@code after} that was asked for, up to {@code seq}.
   *
   * @param members by session: {@code {user, name, state}}; a sample where there are very many
   * @param count of all members
   */
  @JsonTypeName("subscribed")
  record Subscribed(
      long id,
      RoomName room,
      String epoch,
      long seq,
      Role role,
      @Nullable ObjectNode document,
      @Nullable List<Event> events,
      ObjectNode members,
      int count)
      implements ServerMessage {}

  /**
   * The subscription has ended: as asked (with its {@code id}), or because access was withdrawn
   * (with {@code code} and {@code message}).
   */
  @JsonTypeName("unsubscribed")
  record Unsubscribed(
      @Nullable Long id, RoomName room, @Nullable Code code, @Nullable String message)
      implements ServerMessage {}

  /** Consecutive events, the first of which follows the last one delivered. */
  @JsonTypeName("events")
  record Events(RoomName room, List<Event> events) implements ServerMessage {}

  /** The command is committed to PostgreSQL as event {@code seq}. */
  @JsonTypeName("accepted")
  record Accepted(long id, RoomName room, long seq) implements ServerMessage {}

  /**
   * The request was not carried out.
   *
   * @param id of the request, where it could be read
   * @param message a sentence for a person
   */
  @JsonTypeName("refused")
  record Refused(@Nullable Long id, Code code, String message, @Nullable ObjectNode details)
      implements ServerMessage {}

  /**
   * A merge patch over the room's member map; {@code null} is one who left.
   *
   * @param count of all members, of whom a very large room lists only some
   * @param complete true when {@code members} is no patch but the whole map
   */
  @JsonTypeName("presence")
  record Presence(
      RoomName room,
      ObjectNode members,
      int count,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean complete)
      implements ServerMessage {}

  /** Signals of one tick. */
  @JsonTypeName("signals")
  record Signals(RoomName room, List<Signal> signals) implements ServerMessage {}

  /** One member's latest word on a topic. */
  @JsonTypeName("signal")
  record Signal(@Nullable RoomName room, String from, String topic, ObjectNode data)
      implements ServerMessage {}

  /** The subscriber fell too far behind, or the epoch changed: this replaces what it holds. */
  @JsonTypeName("reset")
  record Reset(RoomName room, String epoch, long seq, ObjectNode document)
      implements ServerMessage {}

  /** The subscriber's role in the room has changed. */
  @JsonTypeName("role")
  record RoleChanged(RoomName room, Role role) implements ServerMessage {}

  /**
   * A page of past events, ascending; {@code more} says whether another page lies beyond it.
   *
   * @param reached of one entity alone: the oldest event that was looked at, and the {@code before}
   *     of the next page
   */
  @JsonTypeName("history")
  record History(long id, RoomName room, List<Event> events, boolean more, @Nullable Long reached)
      implements ServerMessage {
    /** Of all entities. */
    public History(long id, RoomName room, List<Event> events, boolean more) {
      this(id, room, events, more, null);
    }
  }

  /**
   * How the server is: said when that changes, and behind {@code welcome} where it is degraded.
   *
   * @param degraded true while it hears of other instances a little later than it could. Nothing is
   *     lost by that
   */
  @JsonTypeName("status")
  record Status(boolean degraded) implements ServerMessage {}

  /** Are you there? Answer {@code pong}. */
  @JsonTypeName("ping")
  record Ping() implements ServerMessage {}

  /**
   * The last message before the close frame.
   *
   * @param code the close code
   * @param reconnect whether to connect again by itself
   * @param retryAfterMillis when, spread by the server over its clients
   */
  @JsonTypeName("bye")
  record Bye(int code, String reason, boolean reconnect, int retryAfterMillis)
      implements ServerMessage {}
}
