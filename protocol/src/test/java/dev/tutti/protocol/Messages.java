package dev.tutti.protocol;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One of each message at least, with and without what may be absent. */
final class Messages {
  private static final JsonMapper JSON = new JsonMapper();
  private static final RoomName ROOM = new RoomName("board:demo");
  private static final UUID KEY = UUID.fromString("0192f0c1-7b3e-7d1a-9c4f-2a6b8e0d1f35");

  private Messages() {}

  static List<ClientMessage> ofClients() {
    return List.of(
        new ClientMessage.Hello(null, "Ana", "test/1"),
        new ClientMessage.Hello("eyJ0.e30.c2ln", null, null),
        new ClientMessage.Subscribe(1, ROOM, null, null),
        new ClientMessage.Subscribe(2, ROOM, 57L, "7f3a-1"),
        new ClientMessage.Unsubscribe(3, ROOM),
        new ClientMessage.Command(4, ROOM, KEY, "ticket.archive", object("{}"), null),
        new ClientMessage.Command(
            Long.MAX_VALUE,
            ROOM,
            KEY,
            "ticket.move",
            object("{\"ticket\":\"t1\",\"x\":[1,2.5,-3,true,null,\"é👩‍🚀\"]}"),
            object("{\"tickets\":{\"t1\":{\"column\":\"todo\",\"archived\":null}}}")),
        new ClientMessage.Presence(ROOM, object("{\"typing\":null,\"at\":{\"x\":1}}")),
        new ClientMessage.Signal(ROOM, "cursor", object("{\"x\":0.25}")),
        new ClientMessage.History(5, ROOM, 58L, null, 50),
        new ClientMessage.History(6, ROOM, null, 0L, 1),
        new ClientMessage.History(7, ROOM, 58L, null, 9, new EntityName("tickets", "a/b")),
        new ClientMessage.Pong());
  }

  static List<ServerMessage> ofServers() {
    ObjectNode members = object("{\"s1\":{\"user\":\"u\",\"name\":\"Ana\",\"state\":{}}}");
    var server = new ServerMessage.Welcome.Server("0.1.0", Instant.parse("2026-11-22T10:00:00.5Z"));
    var user = new ServerMessage.Welcome.User("guest:ana-1", "Ana");
    var limits = Limits.DEFAULTS.forClient();
    return List.of(
        new ServerMessage.Welcome("s1", user, null, server, 25_000, limits),
        new ServerMessage.Welcome("s1", user, "eyJ0.e30.c2ln", server, 25_000, limits),
        new ServerMessage.Subscribed(
            1, ROOM, "e", 57, Role.EDITOR, object("{\"tickets\":{}}"), null, members, 1),
        new ServerMessage.Subscribed(
            1, ROOM, "e", 58, Role.VIEWER, null, List.of(event(58)), members, 900),
        new ServerMessage.Unsubscribed(2L, ROOM, null, null),
        new ServerMessage.Unsubscribed(null, ROOM, Code.FORBIDDEN, "Withdrawn."),
        new ServerMessage.Events(ROOM, List.of(event(1), event(2))),
        new ServerMessage.Accepted(3, ROOM, 58),
        new ServerMessage.Refused(null, Code.MALFORMED, "No.", null),
        new ServerMessage.Refused(4L, Code.TOO_FAST, "Wait.", object("{\"retryAfterMillis\":500}")),
        new ServerMessage.Presence(ROOM, object("{\"s1\":null}"), 0, false),
        new ServerMessage.Presence(ROOM, members, 1, true),
        new ServerMessage.Signals(
            ROOM, List.of(new ServerMessage.Signal(null, "s1", "cursor", object("{\"x\":1}")))),
        new ServerMessage.Signal(ROOM, "s1", "cursor", object("{}")),
        new ServerMessage.Reset(ROOM, "e", 58, object("{\"tickets\":{\"t\":{\"n\":1.5}}}")),
        new ServerMessage.RoleChanged(ROOM, Role.OWNER),
        new ServerMessage.History(5, ROOM, List.of(event(56)), true),
        new ServerMessage.History(6, ROOM, List.of(), true, 40L),
        new ServerMessage.Status(true),
        new ServerMessage.Ping(),
        new ServerMessage.Bye(1012, "Restarting.", true, 730));
  }

  static Event event(long seq) {
    return new Event(
        seq,
        "ticket.moved",
        "guest:ana-1 \"é\"",
        Instant.parse("2026-11-22T15:04:05.123456Z"),
        KEY,
        object("{\"tickets\":{\"t1\":{\"column\":\"doing\",\"gone\":null,\"n\":[1,2.5,\"é\"]}}}"));
  }

  static ObjectNode object(String json) {
    return (ObjectNode) JSON.readTree(json);
  }
}
