package dev.tutti.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HotRoomTest {
  /** Commands in flight at each instance. */
  private static final int WINDOW = 80;

  private final HotFleet fleet = new HotFleet();

  @Test
  void anInstanceThatIsTenTimesSlowerGetsItsTurns() {
    HotInstance slow = writing(1, 1, 1, 10).getLast();
    fleet.run(5);
    assertThat(slow.accepted()).isGreaterThan(10 * WINDOW);
    assertThat(fleet.instances())
        .allSatisfy(each -> assertThat(each.unavailable()).isZero())
        .allSatisfy(each -> assertThat(each.longestMillis()).isLessThan(2_000));
  }

  @Test
  void equalInstancesHaveEqualSharesAndHardlyAnyAppendLoses() {
    writing(1, 1, 1, 1);
    fleet.run(2);
    long appends = fleet.instances().stream().mapToLong(each -> each.counts().won().total()).sum();
    long lost = fleet.instances().stream().mapToLong(each -> each.counts().lost().total()).sum();
    assertThat(lost).isLessThan(appends / 10);
    assertThat(fleet.instances())
        .allSatisfy(each ->
            assertThat(each.accepted()).isBetween(fleet.accepted() / 5, fleet.accepted() / 3));
  }

  @Test
  void oneThatIsKilledInItsTurnCostsTheOthersAFewSecondsOnce() {
    HotInstance killed = writing(1, 1, 1, 1).getLast();
    fleet.run(1);
    killed.kill();
    fleet.run(5);
    long before = fleet.accepted();
    fleet.run(1);
    assertThat(fleet.accepted() - before).isGreaterThan(4_000);
    assertThat(fleet.instances().subList(0, 3))
        .allSatisfy(each -> assertThat(each.unavailable()).isZero());
  }

  /** Instances of that slowness, all of which write. */
  private List<HotInstance> writing(double... slowness) {
    for (double each : slowness) {
      fleet.instance(each);
    }
    fleet.run(1);
    fleet.instances().forEach(each -> each.load(WINDOW));
    return fleet.instances();
  }
}
