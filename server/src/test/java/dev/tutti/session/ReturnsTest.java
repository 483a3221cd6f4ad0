package dev.tutti.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** When those whom a server sends away come back. */
class ReturnsTest {
  private static final int PER_SECOND = 500;
  private static final long NOW = 1_700_000_000_000L;

  private final Returns returns = new Returns(PER_SECOND);

  @Test
  void theyComeAtEvenDistancesWithAFifthToSpare() {
    List<Integer> after = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      after.add(returns.afterMillis(NOW));
    }
    assertThat(after).containsExactly(3, 5, 8, 10);
    assertThat(returns.told()).isEqualTo(4);
  }

  @Test
  void whoIsToldLateComesBehindTheOthersAllTheSame() {
    for (int i = 0; i < PER_SECOND; i++) {
      returns.afterMillis(NOW);
    }
    assertThat(returns.afterMillis(NOW + 400)).isEqualTo(1_253 - 400);
    assertThat(returns.afterMillis(NOW + 5_000)).isEqualTo(3);
    assertThat(returns.mostInASecond()).isEqualTo(PER_SECOND * 4 / 5);
  }

  /** The telling takes long, stands still, and goes on in bursts. */
  @Property(tries = 200)
  void noSecondSeesMoreThanAnnouncedHoweverLongTheTellingTakes(
      @ForAll @IntRange(min = 1, max = 1_000) int perSecond,
      @ForAll @Size(min = 1, max = 400) List<@IntRange(max = 60) Integer> pauses) {
    Returns order = new Returns(perSecond);
    List<Long> due = new ArrayList<>();
    long now = NOW;
    for (int pause : pauses) {
      now += pause < 50 ? 0 : pause * 10;
      int after = order.afterMillis(now);
      assertThat(after).isPositive();
      due.add(now + after);
    }
    assertThat(due).isSorted();
    long most = due.stream().mapToLong(from -> within(due, from, from + 1_000)).max().orElseThrow();
    assertThat(most).isLessThanOrEqualTo(perSecond).isEqualTo(order.mostInASecond());
  }

  private static long within(List<Long> due, long from, long until) {
    return due.stream().filter(at -> at >= from && at < until).count();
  }
}
