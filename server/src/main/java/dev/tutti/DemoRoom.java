package dev.tutti;

import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.RoomName;
import dev.tutti.room.Claim;
import dev.tutti.room.Outcome;
import dev.tutti.room.Proposal;
import dev.tutti.room.Rooms;
import dev.tutti.room.Ruleset;
import dev.tutti.rules.board.DemoBoard;
import dev.tutti.rules.chat.DemoChat;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills the demo rooms by commands like everybody's. Their keys never change, so at every later
 * start the journal answers that all of this has happened.
 */
final class DemoRoom {
  private static final Logger log = LoggerFactory.getLogger(DemoRoom.class);

  private DemoRoom() {}

  static void seed(Rooms rooms) {
    RoomName board = new RoomName(DemoBoard.ROOM);
    DemoBoard.steps().forEach(it -> submit(rooms, board, it.key(), it.name(), it.args()));
    RoomName chat = new RoomName(DemoChat.ROOM);
    DemoChat.steps().forEach(it -> submit(rooms, chat, it.key(), it.name(), it.args()));
  }

  private static void submit(Rooms rooms, RoomName room, UUID key, String name, ObjectNode args) {
    Optional<Ruleset> rules = rooms.rules(room);
    if (rules.isEmpty()) {
      return;
    }
    ClientMessage.Command command = new ClientMessage.Command(0, room, key, name, args, null);
    rooms.submit(
        room,
        Proposal.of(command, Claim.SERVER, rules.get()),
        outcome -> {
          if (outcome instanceof Outcome.Refused refused) {
            log.warn("The demo: {} in {} was refused: {}", name, room, refused.sentence());
          }
        });
  }
}
