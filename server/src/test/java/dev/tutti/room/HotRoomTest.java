package dev.tutti.room;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HotRoomTest {
  /** Commands in flight at each instance. */
  private static final int WINDOW = 80;

  /** Nobody waits longer than that for an answer, where what one needs is no more than 2 s. */
  private static final long BOUND_MILLIS = 3_000;

  private final HotFleet fleet = new HotFleet(HotCosts.BUSY, 1);

  @Test
  void anInstanceThatIsTenTimesSlowerGetsItsTurns() {
    slowOneIsServed(10, WINDOW, 5);
  }

  @Test
  void soDoesOneThatIsThirtyTimesSlower() {
    slowOneIsServed(30, WINDOW, 8);
  }

  @Test
  void soDoesOneThatIsTenTimesSlowerAndHasMuchInFlight() {
    slowOneIsServed(10, 4 * WINDOW, 4);
  }

  private void slowOneIsServed(int slowness, int window, int seconds) {
    HotInstance slow = writing(window, 1, 1, 1, slowness).getLast();
    fleet.run(2);
    long before = slow.accepted();
    fleet.run(seconds);
    assertThat(slow.accepted() - before).isGreaterThan(window * seconds);
    assertThat(fleet.instances())
        .allSatisfy(each -> assertThat(each.unavailable()).isZero())
        .allSatisfy(each -> assertThat(each.longestMillis()).isLessThan(BOUND_MILLIS));
  }

  @Test
  void equalInstancesHaveEqualSharesAndHardlyAnyAppendLoses() {
    writing(WINDOW, 1, 1, 1, 1);
    fleet.run(2);
    long appends = fleet.instances().stream().mapToLong(each -> each.counts().won().total()).sum();
    long lost = fleet.instances().stream().mapToLong(each -> each.counts().lost().total()).sum();
    assertThat(lost).isLessThan(appends / 10);
    assertThat(fleet.instances())
        .allSatisfy(each ->
            assertThat(each.accepted()).isBetween(fleet.accepted() / 5, fleet.accepted() / 3));
  }

  @Test
  void oneThatIsKilledInItsTurnCostsTheOthersLessThanASecond() {
    HotInstance killed = writing(WINDOW, 1, 1, 1, 1).getLast();
    fleet.run(1);
    killed.kill();
    List<HotInstance> left = fleet.instances().subList(0, 3);
    left.forEach(HotInstance::forget);
    fleet.run(1);
    long before = fleet.accepted();
    fleet.run(1);
    assertThat(fleet.accepted() - before).isGreaterThan(4_000);
    assertThat(left)
        .allSatisfy(each -> assertThat(each.unavailable()).isZero())
        .allSatisfy(each -> assertThat(each.longestMillis()).isLessThan(400));
  }

  /** More of them: {@code -Dhot.seeds=200}. */
  @Test
  void howeverSlowTheyAreEverybodyIsServedWithinTheBound() {
    LongStream.rangeClosed(1, Long.getLong("hot.seeds", 1)).parallel().forEach(this::isServed);
  }

  private void isServed(long seed) {
    var random = new Random(seed);
    var any = new HotFleet(HotCosts.APART, seed);
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      any.instance(Math.pow(20, random.nextDouble()));
    }
    any.run(1);
    any.instances().forEach(each -> each.load(1 + random.nextInt(40)));
    any.run(4);
    Map<HotInstance, Long> before =
        any.instances().stream().collect(toMap(identity(), HotInstance::accepted));
    any.run(1);
    for (HotInstance each : any.instances()) {
      assertThat(each.unavailable()).as("seed %d", seed).isZero();
      assertThat(each.longestMillis()).as("seed %d", seed).isLessThan(BOUND_MILLIS);
      assertThat(each.accepted()).as("seed %d", seed).isGreaterThan(before.get(each));
    }
  }

  /** Instances of that slowness, all of which write and have so many commands in flight. */
  private List<HotInstance> writing(int window, double... slowness) {
    for (double each : slowness) {
      fleet.instance(each);
    }
    fleet.run(1);
    fleet.instances().forEach(each -> each.load(window));
    return fleet.instances();
  }
}
