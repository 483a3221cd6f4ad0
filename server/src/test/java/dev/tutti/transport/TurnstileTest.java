package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.transport.Turnstile.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When those who come at once are let in. */
class TurnstileTest {
  private static final int PER_SECOND = 1_000;

  private final AtomicLong nanos = new AtomicLong(TimeUnit.DAYS.toNanos(1));
  private final Turnstile turnstile = new Turnstile(PER_SECOND, nanos::get);

  @Test
  void aFewEnterAlmostAtOnce() {
    pass(1_000);
    for (int i = 0; i < PER_SECOND / 10; i++) {
      assertThat(turnstile.arrived()).isEqualTo(new Verdict.Enter(i));
    }
  }

  @Test
  void noSecondSeesMoreThanTheRateAlsoWhereALoopStoodStill() {
    for (int i = 0; i < PER_SECOND; i++) {
      turnstile.arrived();
    }
    pass(900); // Nine of ten places have come, and nobody could take them.
    for (int i = 0; i < PER_SECOND * 9 / 10; i++) {
      assertThat(turnstile.enters()).isZero();
    }
    pass(500);
    for (int i = 0; i < PER_SECOND / 10; i++) {
      assertThat(turnstile.enters()).isZero();
    }
    assertThat(turnstile.enters()).isEqualTo(500);
    pass(499);
    assertThat(turnstile.enters()).isEqualTo(1);
    pass(1);
    assertThat(turnstile.enters()).isZero();
    assertThat(turnstile.mostInASecond()).isEqualTo(PER_SECOND);
    assertThat(turnstile.letIn().total()).isEqualTo(PER_SECOND + 1);
  }

  @Test
  void noSecondSeesMoreThanTheRateOfThoseWhoComeAtOnce() {
    List<Long> entered = new ArrayList<>();
    for (int i = 0; i < 4 * PER_SECOND; i++) {
      if (turnstile.arrived() instanceof Verdict.Enter(long wait)) {
        entered.add(wait);
      }
    }
    assertThat(entered).hasSize(4 * PER_SECOND).isSorted();
    for (long from = 0; from < 4_000; from += 100) {
      long start = from;
      assertThat(entered.stream().filter(at -> at >= start && at < start + 1_000).count())
          .isLessThanOrEqualTo(PER_SECOND);
    }
    assertThat(entered.getLast()).isBetween(3_990L, 4_000L);
  }

  @Test
  void whoWouldWaitTooLongIsToldToComeBackOneAfterTheOther() {
    int waiting = PER_SECOND * Turnstile.MAX_WAIT_MILLIS / 1_000 + 1;
    for (int i = 0; i < waiting; i++) {
      assertThat(turnstile.arrived()).isInstanceOf(Verdict.Enter.class);
    }
    List<Integer> after = new ArrayList<>();
    for (int i = 0; i < 3 * PER_SECOND; i++) {
      if (turnstile.arrived() instanceof Verdict.ComeBack(int seconds)) {
        after.add(seconds);
      }
    }
    assertThat(after).hasSize(3 * PER_SECOND).isSorted();
    assertThat(turnstile.putOff().total()).isEqualTo(3 * PER_SECOND);
    assertThat(after.getFirst()).isEqualTo(6);
    for (int second = 6; second <= 9; second++) {
      int at = second;
      assertThat(after.stream().filter(s -> s == at).count()).isLessThanOrEqualTo(PER_SECOND);
    }
  }

  @Test
  void behindTheStormEverybodyEntersAtOnceAgain() {
    for (int i = 0; i < 20 * PER_SECOND; i++) {
      turnstile.arrived();
    }
    pass(Turnstile.MAX_WAIT_MILLIS + 200);
    assertThat(turnstile.arrived()).isEqualTo(new Verdict.Enter(0));
  }

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
