package dev.tutti.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.JournalThatForgetsKeys;
import dev.tutti.journal.MemoryJournal;
import dev.tutti.probe.Promise;
import dev.tutti.room.Home;
import dev.tutti.room.RoomContext;
import dev.tutti.room.Rooms;
import dev.tutti.room.RoomsThatIgnoreGaps;
import dev.tutti.room.RoomsThatTakeAnyEvent;
import dev.tutti.room.Rulesets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The World is worth as much as the bugs that it finds. */
class PlantedBugsTest {
  /** Seeds within which each bug must show. */
  private static final int SEEDS = 60;

  @Test
  void acknowledgingBeforeTheCommitIsFound() {
    Faults hasty =
        new Faults() {
          @Override
          public FaultyJournal journal(World world) {
            return new HastyJournal(world);
          }
        };
    assertThat(firstSeedThatBreaks(Promise.NOTHING_ACCEPTED_IS_LOST, hasty))
        .isLessThanOrEqualTo(SEEDS);
  }

  @Test
  void skippingTheKeyCheckIsFound() {
    Faults forgetful =
        new Faults() {
          @Override
          public MemoryJournal memory(String epoch) {
            return new JournalThatForgetsKeys(epoch);
          }
        };
    assertThat(firstSeedThatBreaks(Promise.NOTHING_HAPPENS_TWICE, forgetful))
        .isLessThanOrEqualTo(SEEDS);
  }

  @Test
  void ignoringAGapIsFound() {
    Faults deaf =
        new Faults() {
          @Override
          public Rooms rooms(Rulesets rulesets, RoomContext context, List<Home> homes) {
            return new RoomsThatIgnoreGaps(rulesets, context, homes);
          }
        };
    assertThat(firstSeedThatBreaks(Promise.EVERYBODY_LEVEL, deaf)).isLessThanOrEqualTo(SEEDS);
  }

  @Test
  void takingAnyEventForTheNextOneIsFound() {
    Faults greedy =
        new Faults() {
          @Override
          public Rooms rooms(Rulesets rulesets, RoomContext context, List<Home> homes) {
            return new RoomsThatTakeAnyEvent(rulesets, context, homes);
          }
        };
    assertThat(firstSeedThatBreaks(Promise.NOTHING_THROWS, greedy)).isLessThanOrEqualTo(SEEDS);
  }

  private static long firstSeedThatBreaks(Promise promise, Faults faults) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        Storm.of(seed, faults);
      } catch (Broken found) {
        if (found.promise() == promise) {
          return seed;
        }
      }
    }
    return Long.MAX_VALUE;
  }
}
