package dev.tutti.world;

import java.util.random.RandomGenerator;

/**
 * How often what goes wrong, in thousandths.
 *
 * @param unknown appends whose answer is lost; of these one third is applied, one third is applied
 *     later, one third never
 * @param unavailable appends that the journal turns down
 * @param skipped appends that lose to a lock and not to an event
 * @param slow calls of the journal that take up to half a second
 * @param unreadable reads that fail
 * @param dropped relay messages that are lost
 * @param repeated relay messages that come twice
 * @param delayed relay messages that come so late that others overtake them
 * @param forged relay messages after which somebody without the fleet's secret makes one up
 * @param pauses tasks before which an event loop stands still for up to 20 ms
 */
record Weather(
    int unknown,
    int unavailable,
    int skipped,
    int slow,
    int unreadable,
    int dropped,
    int repeated,
    int delayed,
    int forged,
    int pauses) {

  /** Nothing goes wrong. */
  static final Weather CALM = new Weather(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The journal can be written only. */
  static final Weather NOTHING_IS_READ = new Weather(0, 0, 0, 0, 1_000, 0, 0, 0, 0, 0);

  /** Some things go wrong often, others seldom or never. */
  static Weather any(RandomGenerator random) {
    return new Weather(
        some(random, 200),
        some(random, 200),
        some(random, 200),
        some(random, 150),
        some(random, 200),
        some(random, 500),
        some(random, 300),
        some(random, 500),
        some(random, 100),
        some(random, 50));
  }

  private static int some(RandomGenerator random, int most) {
    return random.nextInt(3) == 0 ? 0 : random.nextInt(most);
  }
}
