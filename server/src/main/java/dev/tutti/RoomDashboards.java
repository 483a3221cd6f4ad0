package dev.tutti;

import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.dashboard.DashboardCommand;
import dev.tutti.protocol.dashboard.Reading;
import dev.tutti.protocol.dashboard.ReadingCommand;
import dev.tutti.room.Claim;
import dev.tutti.room.Outcome;
import dev.tutti.room.Proposal;
import dev.tutti.room.Rooms;
import dev.tutti.sources.Dashboards;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** What the server itself does on dashboards: commands like everybody's. Any thread. */
final class RoomDashboards implements Dashboards {
  private static final Claim TUTTI = new Claim("tutti", "Tutti", Role.OWNER);

  private final Rooms rooms;

  RoomDashboards(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public void watching(RoomName room, IntConsumer count) {
    rooms.look(room, look -> count.accept(look.members()));
  }

  @Override
  public void post(RoomName room, List<Reading> readings, Consumer<String> refused) {
    send(room, new ReadingCommand.SetAll(readings), UUID.randomUUID(), refused);
  }

  /** Sends a command. */
  void send(RoomName room, DashboardCommand command, UUID key, Consumer<String> refused) {
    String name = DashboardCommand.BINDING.nameOf(command);
    var message =
        new ClientMessage.Command(
            0, room, key, name, DashboardCommand.BINDING.argsOf(command), null);
    rooms.submit(
        room,
        Proposal.of(message, TUTTI, rooms.rules(room).orElseThrow()),
        outcome -> {
          if (outcome instanceof Outcome.Refused refusal) {
            refused.accept(refusal.sentence());
          }
        });
  }
}
