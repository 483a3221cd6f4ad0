package dev.tutti.world;

import dev.tutti.journal.MemoryJournal;
import dev.tutti.room.Home;
import dev.tutti.room.RoomContext;
import dev.tutti.room.Rooms;
import dev.tutti.room.Rulesets;
import dev.tutti.rules.Retention;
import java.util.List;

/** Where a bug can be planted: whoever makes the ports and the rooms of a world. */
interface Faults {
  /** No bug. */
  Faults USUAL = new Faults() {};

  default MemoryJournal memory(String epoch) {
    return new MemoryJournal(epoch);
  }

  default FaultyJournal journal(World world) {
    return new FaultyJournal(world);
  }

  /** What tallies go by. */
  default TallyRules tallies(Retention retention) {
    return new TallyRules(retention);
  }

  /** Whether instances take what was not sealed with the fleet's secret. */
  default boolean believesAnybody() {
    return false;
  }

  default Rooms rooms(Rulesets rulesets, RoomContext context, List<Home> homes) {
    return new Rooms(rulesets, context, homes);
  }
}
