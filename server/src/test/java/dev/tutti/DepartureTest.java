package dev.tutti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The steps of an end share one deadline. */
class DepartureTest {
  private static final Duration LIMIT = Duration.ofMillis(800);

  private final CountDownLatch over = new CountDownLatch(1);
  private final List<Duration> limits = new CopyOnWriteArrayList<>();

  @AfterEach
  void letTheStepsEnd() {
    over.countDown();
  }

  private void hangs(Duration limit) {
    limits.add(limit);
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void stepsThatHangLeaveTimeToThoseBehindThemAndAllAreOverInTime() {
    Departure departure = new Departure();
    long beganNanos = System.nanoTime();
    departure.within(LIMIT);
    departure.await("one", new CompletableFuture<>());
    departure.block("two", this::hangs);
    departure.block("three", this::hangs);
    departure.last("four", this::hangs);
    Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);
    assertThat(took).isBetween(LIMIT.minusMillis(10), LIMIT.plusMillis(400));
    // The thread of a step may get to it later than the step is waited for.
    await().until(() -> limits.size() == 3);
    assertThat(limits).allMatch(limit -> limit.toMillis() > 20);
    assertThat(limits.getLast()).isLessThan(LIMIT.dividedBy(3));
  }

  @Test
  void whatEndsAtOnceTakesNothingFromTheOthers() {
    Departure departure = new Departure();
    departure.within(Duration.ofMinutes(1));
    departure.await("one", CompletableFuture.completedFuture(1));
    departure.block("two", limits::add);
    departure.last("three", limits::add);
    assertThat(limits.getFirst()).isGreaterThan(Duration.ofSeconds(25));
    assertThat(limits.getLast()).isGreaterThan(Duration.ofSeconds(50));
  }
}
