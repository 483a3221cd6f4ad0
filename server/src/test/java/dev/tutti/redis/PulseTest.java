package dev.tutti.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** How soon silence is noticed, by a clock of its own that ticks as the relay does. */
class PulseTest {
  private static final long TICK = RedisRelay.TICK.toMillis();
  private static final long NEVER = Long.MAX_VALUE;

  private final Pulse pulse = new Pulse();

  /** When the probes that are under way are back, in milliseconds. */
  private final ArrayDeque<Long> underWay = new ArrayDeque<>();

  private long millis;

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Ticks until something is so, or it is too late; whether it was so is for the caller to say. */
  private void ticks(long roundTrip, long frozen, long end, LongPredicate until) {
    do {
      millis += TICK;
      while (!underWay.isEmpty() && underWay.peek() <= millis) {
        long back = underWay.remove();
        if (back < frozen) {
          pulse.heard(nanos(back));
        }
      }
      if (pulse.probeIsDue(nanos(millis))) {
        pulse.probed(nanos(millis));
        underWay.add(millis + roundTrip);
      }
    } while (millis < end && !until.test(nanos(millis)));
  }

  private void isHeardOf() {
    pulse.heard(0);
    pulse.probed(0);
    ticks(1, NEVER, 1_000, pulse::isSilent);
    assertThat(millis).isEqualTo(1_000);
  }

  @Test
  void aServerThatStandsStillIsNoticedWithinASecondAndGivenUpWithinThreeWheneverThatIs() {
    isHeardOf();
    for (int round = 0; round < 500; round++) {
      long frozen = millis + 1 + round;
      ticks(1, frozen, frozen + 5_000, pulse::isSilent);
      assertThat(millis - frozen).isBetween(300L, 1_000L);
      ticks(1, frozen, frozen + 5_000, pulse::isGone);
      assertThat(millis - frozen).isBetween(1_500L, 3_000L);
      underWay.clear();
      pulse.heard(nanos(millis));
    }
  }

  @Test
  void aServerThatAnswersSlowlyIsNotCalledSilent() {
    pulse.heard(0);
    pulse.probed(0);
    ticks(400, NEVER, 60_000, pulse::isSilent);
    assertThat(millis).isEqualTo(60_000);
  }

  @Test
  void theSilenceInWhichNobodyListenedSaysNothing() {
    isHeardOf();
    underWay.clear();
    millis += 60_000;
    assertThat(pulse.isGone(nanos(millis))).isTrue();
    pulse.stoodStill(nanos(millis));
    assertThat(pulse.isGone(nanos(millis))).isFalse();
    assertThat(pulse.isSilent(nanos(millis))).isFalse();
    // It has until then to say something.
    long woken = millis;
    ticks(1, woken, woken + 5_000, pulse::isSilent);
    assertThat(millis - woken).isBetween(300L, 1_000L);
  }

  @Test
  void whoWasHeardOfAMomentAgoIsNotMadeOlderByStandingStill() {
    pulse.heard(nanos(1_000));
    pulse.stoodStill(nanos(1_010));
    assertThat(pulse.isSilent(nanos(1_699))).isFalse();
    assertThat(pulse.isSilent(nanos(1_700))).isTrue();
  }
}
