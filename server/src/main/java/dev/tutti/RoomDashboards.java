package dev.tutti;

import dev.tutti.protocol.ClientMessage;
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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** What the server itself does on dashboards: commands like everybody's. Any thread. */
final class RoomDashboards implements Dashboards {
  private final Rooms rooms;

  RoomDashboards(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public void watching(RoomName room, IntConsumer count) {
    rooms.look(room, look -> count.accept(look.members()));
  }

  @Override
  public void post(RoomName room, List<Reading> readings, Consumer<Optional<Refusal>> answered) {
    send(room, new ReadingCommand.SetAll(readings), UUID.randomUUID(), answered);
  }

  /** Sends a command; tells what came of it, nothing when it was accepted. */
  void send(
      RoomName room, DashboardCommand command, UUID key, Consumer<Optional<Refusal>> answered) {
    String name = DashboardCommand.BINDING.nameOf(command);
    var message =
        new ClientMessage.Command(
            0, room, key, name, DashboardCommand.BINDING.argsOf(command), null);
    rooms.submit(
        room,
        Proposal.of(message, Claim.SERVER, rooms.rules(room).orElseThrow()),
        outcome ->
            answered.accept(
                outcome instanceof Outcome.Refused refused
                    ? Optional.of(new Refusal(refused.code(), refused.sentence()))
                    : Optional.empty()));
  }
}
