package dev.tutti.room;

import dev.tutti.protocol.RoomName;
import java.util.List;

/** A planted bug: rooms that take whatever comes from the relay and miss nothing. */
public final class RoomsThatIgnoreGaps extends Rooms {
  public RoomsThatIgnoreGaps(Rulesets rulesets, RoomContext context, List<Home> homes) {
    super(rulesets, context, homes);
  }

  @Override
  Room room(RoomName name, Ruleset rules, Home home, RoomContext context) {
    return new Room(name, rules, home, context) {
      @Override
      void heard(long seq) {
        // What it did not receive it will never ask for.
      }
    };
  }
}
