package dev.tutti.transport;

import dev.tutti.measure.AnySecond;
import dev.tutti.measure.Count;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets so many connections in per second, so that thousands who come at once, behind a restart or a
 * broken network, cannot stop the work of those who are in. Each gets the next free place in time.
 * One that would wait too long is sent away with a time to come back, later than all who were sent
 * away before it. Who comes to its place late, because a loop was, does not make a second see more
 * than the rate: it waits again. Safe on any thread.
 */
final class Turnstile {
  /** How long a handshake may wait: well within what clients give it. */
  static final int MAX_WAIT_MILLIS = 5_000;

  /** Nobody is told to stay away for longer. */
  private static final int MAX_AWAY_SECONDS = 120;

  private static final double NANOS_PER_SECOND = 1e9;

  private final int perSecond;
  private final double distanceNanos;
  private final LongSupplier nanoTime;

  // Guarded by this: the next free places, of those who wait here and of those sent away.
  private double nextNanos;
  private double awayNanos;

  // Guarded by this: who was really let in.
  private final AnySecond entered = new AnySecond();

  private final Count letIn = new Count();
  private final Count putOff = new Count();

  /** How somebody is let in. */
  sealed interface Verdict {
    /** After this time, which may be none. */
    record Enter(long waitMillis) implements Verdict {}

    /** Not now: come back after this time. */
    record ComeBack(int afterSeconds) implements Verdict {}
  }

  /** Lets so many in per second, by this clock. */
  Turnstile(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.distanceNanos = NANOS_PER_SECOND / perSecond;
    this.nanoTime = nanoTime;
    this.nextNanos = nanoTime.getAsLong();
    this.awayNanos = nextNanos;
  }

  /** Somebody arrives. */
  synchronized Verdict arrived() {
    double now = nanoTime.getAsLong();
    nextNanos = Math.max(nextNanos, now);
    double wait = nextNanos - now;
    if (wait <= nanos(MAX_WAIT_MILLIS)) {
      nextNanos += distanceNanos;
      return new Verdict.Enter((long) Math.ceil(wait / nanos(1)));
    }
    putOff.increment();
    awayNanos = Math.max(awayNanos, nextNanos) + distanceNanos;
    int seconds = (int) Math.ceil((awayNanos - now) / NANOS_PER_SECOND);
    if (seconds > MAX_AWAY_SECONDS) {
      awayNanos -= distanceNanos;
      return new Verdict.ComeBack(MAX_AWAY_SECONDS);
    }
    return new Verdict.ComeBack(seconds);
  }

  /**
   * The place of somebody has come: lets it in, unless the last second has seen as many as it may.
   *
   * @return how long it has to wait again; 0 when it is in
   */
  synchronized long enters() {
    long now = nanoTime.getAsLong();
    if (entered.count(now) >= perSecond) {
      return (long) Math.ceil(entered.untilFewerNanos(now) / nanos(1));
    }
    entered.add(now);
    letIn.increment();
    return 0;
  }

  /** Everybody who was let in. */
  Count letIn() {
    return letIn;
  }

  /** Everybody who was told to come back. */
  Count putOff() {
    return putOff;
  }

  /** The most that were let in within any one second. */
  synchronized long mostInASecond() {
    return entered.most();
  }

  /**
   * Carries out the verdict on somebody who asks to be let in.
   *
   * @param enter runs on the connection's loop, now or a little later
   * @param never runs there in its place, when the connection is not let in or has ended
   */
  void pass(Exchange exchange, Runnable enter, Runnable never) {
    switch (arrived()) {
      case Verdict.Enter(long wait) -> enterAfter(wait, exchange, enter, never);
      case Verdict.ComeBack(int seconds) -> {
        never.run();
        exchange.reply(
            Problem.of(503, "unavailable", "Too many connect at this moment. Come back later.")
                .with("Retry-After", Integer.toString(seconds)));
      }
    }
  }

  private void enterAfter(long wait, Exchange exchange, Runnable enter, Runnable never) {
    long left = wait == 0 ? enters() : wait;
    if (left == 0) {
      enter.run();
    } else {
      exchange.later(left, () -> enterAfter(0, exchange, enter, never), never);
    }
  }

  private static double nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
