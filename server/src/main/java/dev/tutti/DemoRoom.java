package dev.tutti;

import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.room.Claim;
import dev.tutti.room.Outcome;
import dev.tutti.room.Proposal;
import dev.tutti.room.Rooms;
import dev.tutti.room.Ruleset;
import dev.tutti.rules.board.DemoBoard;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the demo board by commands like everybody's. Their keys never change, so at every later
 * start the journal answers that all of this has happened.
 */
final class DemoRoom {
  private static final Logger log = LoggerFactory.getLogger(DemoRoom.class);

  private DemoRoom() {}

  static void seed(Rooms rooms) {
    RoomName room = new RoomName(DemoBoard.ROOM);
    Optional<Ruleset> rules = rooms.rules(room);
    if (rules.isEmpty()) {
      return;
    }
    Claim tutti = new Claim("tutti", "Tutti", Role.OWNER);
    for (DemoBoard.Step step : DemoBoard.steps()) {
      ClientMessage.Command command =
          new ClientMessage.Command(0, room, step.key(), step.name(), step.args(), null);
      rooms.submit(
          room,
          Proposal.of(command, tutti, rules.get()),
          outcome -> {
            if (outcome instanceof Outcome.Refused refused) {
              log.warn("The demo board: {} was refused: {}", step.name(), refused.sentence());
            }
          });
    }
  }
}
