package dev.tutti.world;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/**
 * Seeds. One seed again, with everything that clients were told: {@code -Dworld.seed=…
 * -Dworld.trace=true}; more of them: {@code -Dworld.seeds=100000}.
 */
class WorldTest {
  private static final long FIRST = Long.getLong("world.seed", 1);
  private static final long SEEDS =
      Long.getLong("world.seeds", System.getProperty("world.seed") == null ? 2_500 : 1);

  @Test
  void everySeedKeepsEveryPromise() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      try {
        Storm.of(seed, Faults.USUAL);
      } catch (Broken | RuntimeException broken) {
        fail(
            "Seed "
                + seed
                + " breaks a promise. Again: -Dworld.seed="
                + seed
                + " -Dworld.trace=true",
            broken);
      }
    }
  }
}
