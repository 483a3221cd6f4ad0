package dev.tutti.room;

import dev.tutti.protocol.RoomName;
import java.util.List;

/** A planted bug: rooms that take an event from the relay for the next one, whatever its number. */
public final class RoomsThatTakeAnyEvent extends Rooms {
  public RoomsThatTakeAnyEvent(Rulesets rulesets, RoomContext context, List<Home> homes) {
    super(rulesets, context, homes);
  }

  @Override
  Room room(RoomName name, Ruleset rules, Home home, RoomContext context) {
    return new Room(name, rules, home, context) {
      @Override
      boolean follows(long seq) {
        return true;
      }
    };
  }
}
