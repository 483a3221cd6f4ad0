package dev.tutti.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.JournalThatForgetsEarly;
import dev.tutti.journal.JournalThatForgetsKeys;
import dev.tutti.journal.MemoryJournal;
import dev.tutti.probe.Promise;
import dev.tutti.room.Home;
import dev.tutti.room.RoomContext;
import dev.tutti.room.Rooms;
import dev.tutti.room.RoomsWithABug;
import dev.tutti.room.RoomsWithABug.Bug;
import dev.tutti.room.Rulesets;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Retention;
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
    assertThat(firstSeedThatBreaks(Promise.EVERYBODY_LEVEL, rooms(Bug.IGNORES_GAPS)))
        .isLessThanOrEqualTo(SEEDS);
  }

  @Test
  void takingAnyEventForTheNextOneIsFound() {
    assertThat(firstSeedThatBreaks(Promise.NOTHING_THROWS, rooms(Bug.TAKES_ANY_EVENT)))
        .isLessThanOrEqualTo(SEEDS);
  }

  @Test
  void believingWhatAStrangerSaysIsFound() {
    Faults credulous =
        new Faults() {
          @Override
          public boolean believesAnybody() {
            return true;
          }
        };
    assertThat(firstSeedThatBreaks(Promise.ONE_ORDER, credulous)).isLessThanOrEqualTo(SEEDS);
  }

  @Test
  void takingASignalThatCameTwiceIsFound() {
    assertThat(firstSeedThatBreaks(Promise.SIGNALS_ARE_THE_LATEST, rooms(Bug.HEARS_SIGNALS_TWICE)))
        .isLessThanOrEqualTo(SEEDS);
  }

  @Test
  void rememberingTheMembersOfADeadInstanceIsFound() {
    assertThat(firstSeedThatBreaks(Promise.PRESENCE_IS_WHO_IS_THERE, rooms(Bug.NEVER_FORGETS)))
        .isLessThanOrEqualTo(SEEDS);
  }

  @Test
  void losingAnAppendForGoodIsFound() {
    assertThat(firstSeedThatBreaks(Promise.ANSWERED_ONCE, rooms(Bug.LOSES_FOR_GOOD)))
        .isLessThanOrEqualTo(SEEDS);
  }

  @Test
  void waitingForWhatTheJournalHasLetGoOfIsFound() {
    assertThat(firstSeedThatBreaks(Promise.ANSWERED_ONCE, rooms(Bug.WAITS_FOR_WHAT_IS_GONE)))
        .isLessThanOrEqualTo(SEEDS);
  }

  @Test
  void forgettingKeysTooEarlyIsFound() {
    Faults forgetful =
        new Faults() {
          @Override
          public MemoryJournal memory(String epoch) {
            return new JournalThatForgetsEarly(epoch);
          }
        };
    assertThat(firstSeedThatBreaks(Promise.NOTHING_HAPPENS_TWICE, forgetful))
        .isLessThanOrEqualTo(SEEDS);
  }

  @Test
  void takingAnOldNoteForTheLatestIsFound() {
    Faults careless =
        new Faults() {
          @Override
          public TallyRules tallies(Retention retention) {
            return new TallyRules(retention) {
              @Override
              Decision note(Document document, Command.Note command, String user) {
                return super.note(Document.empty(), command, user);
              }
            };
          }
        };
    assertThat(firstSeedThatBreaks(Promise.EACH_DECIDED_ON_THE_ONE_BEFORE, careless))
        .isLessThanOrEqualTo(SEEDS);
  }

  private static Faults rooms(RoomsWithABug.Bug bug) {
    return new Faults() {
      @Override
      public Rooms rooms(Rulesets rulesets, RoomContext context, List<Home> homes) {
        return new RoomsWithABug(rulesets, context, homes, bug);
      }
    };
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
