package dev.tutti.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.protocol.Limits;
import org.junit.jupiter.api.Test;

/** How fast commands over HTTP may come. */
class CallersTest {
  private static final Limits LIMITS = Limits.DEFAULTS;

  private final Callers callers = new Callers(LIMITS, 0);

  private int taken(String caller, int commands, long now) {
    int taken = 0;
    for (int i = 0; i < commands; i++) {
      taken += callers.take(caller, now).isEmpty() ? 1 : 0;
    }
    return taken;
  }

  @Test
  void eachHasTheBurstAndThenTheRate() {
    assertThat(taken("ana", 10_000, 0)).isEqualTo(LIMITS.maxBurst());
    assertThat(taken("bo", 10_000, 0)).isEqualTo(LIMITS.maxBurst());
    assertThat(taken("ana", 10_000, 1_000)).isEqualTo(LIMITS.maxMessagesPerSecond());
  }

  @Test
  void whoComesTooFastIsToldWhenToComeAgain() {
    taken("ana", LIMITS.maxBurst(), 0);
    long wait = callers.take("ana", 0).orElseThrow();
    assertThat(wait).isEqualTo(1_000 / LIMITS.maxMessagesPerSecond());
    assertThat(callers.take("ana", wait)).isEmpty();
  }

  @Test
  void whoHasRestedIsForgottenAndNobodyElse() {
    taken("ana", LIMITS.maxBurst(), 0);
    taken("bo", 1, 0);
    callers.sweep(10);
    assertThat(callers.count()).isEqualTo(1);
    assertThat(taken("ana", 10_000, 10)).isEqualTo(2);
    callers.sweep(60_000);
    assertThat(callers.count()).isZero();
  }

  @Test
  void anEndlessCrowdSharesOneRate() {
    for (int i = 0; i < Callers.MAX_CALLERS; i++) {
      callers.take("c" + i, 0);
    }
    for (int i = 0; i < LIMITS.maxBurst(); i++) {
      assertThat(callers.take("late" + i, 0)).isEmpty();
    }
    assertThat(callers.take("later", 0)).isPresent();
    assertThat(callers.take("c1", 0)).isEmpty();
    assertThat(callers.count()).isEqualTo(Callers.MAX_CALLERS);
  }
}
