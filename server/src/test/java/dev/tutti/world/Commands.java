package dev.tutti.world;

import dev.tutti.protocol.RoomName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What people ask for: few columns and tickets, so that they get in each other's way. */
final class Commands {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> COLUMNS = List.of("todo", "doing", "done");
  private static final int TICKETS = 5;

  private final RandomGenerator random;
  private int notes;

  Commands(RandomGenerator random) {
    this.random = random;
  }

  static ObjectNode json(String relaxed) {
    return (ObjectNode) JSON.readTree(relaxed.replace('\'', '"'));
  }

  static Sent of(RoomName room, UUID key, String name, String args) {
    return new Sent(room, key, name, json(args), Optional.empty());
  }

  Sent any(RoomName room, UUID key, List<String> users) {
    if (random.nextInt(25) == 0) {
      return access(room, key, users);
    }
    if (room.type().equals(TallyRules.TYPE)) {
      return tally(room, key);
    }
    return random.nextInt(8) == 0 ? undo(room, key) : board(room, key);
  }

  /** Of something that may be long ago, or another's, or not there yet. */
  private Sent undo(RoomName room, UUID key) {
    return of(room, key, "change.undo", "{'seq':%d}".formatted(1 + random.nextInt(60)));
  }

  private Sent tally(RoomName room, UUID key) {
    if (random.nextInt(4) == 0) {
      int paceMillis = random.nextBoolean() ? 0 : 20 * random.nextInt(10);
      return of(room, key, TallyRules.NOTE, "{'n':%d,'pace':%d}".formatted(++notes, paceMillis));
    }
    int most = random.nextInt(3) == 0 ? random.nextInt(30) : 1_000_000;
    Optional<ObjectNode> expect =
        random.nextInt(6) == 0
            ? Optional.of(json("{'tally':{'sum':{'value':%d}}}".formatted(random.nextInt(20))))
            : Optional.empty();
    return new Sent(room, key, TallyRules.ADD, json("{'n':1,'most':%d}".formatted(most)), expect);
  }

  private Sent board(RoomName room, UUID key) {
    String ticket = "t" + random.nextInt(TICKETS);
    String column = COLUMNS.get(random.nextInt(COLUMNS.size()));
    return switch (random.nextInt(10)) {
      case 0 -> of(room, key, "column.add", "{'column':'%s','title':'A column'}".formatted(column));
      case 1, 2 ->
          of(
              room,
              key,
              "ticket.add",
              "{'ticket':'%s','column':'%s','title':'A ticket'}".formatted(ticket, column));
      case 3 -> of(room, key, "ticket.edit", "{'ticket':'%s','title':'%s'}".formatted(ticket, key));
      case 4 -> of(room, key, "ticket.delete", "{'ticket':'%s'}".formatted(ticket));
      case 5 ->
          new Sent(
              room,
              key,
              "ticket.move",
              json("{'ticket':'%s','column':'%s'}".formatted(ticket, column)),
              Optional.of(json("{'tickets':{'%s':{'column':'todo'}}}".formatted(ticket))));
      default ->
          of(room, key, "ticket.move", "{'ticket':'%s','column':'%s'}".formatted(ticket, column));
    };
  }

  private Sent access(RoomName room, UUID key, List<String> users) {
    String user = users.get(random.nextInt(users.size()));
    return random.nextBoolean()
        ? of(room, key, "access.revoke", "{'user':'%s'}".formatted(user))
        : of(room, key, "access.grant", "{'user':'%s','role':'editor'}".formatted(user));
  }
}
