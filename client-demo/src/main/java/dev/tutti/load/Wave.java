package dev.tutti.load;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * One time that everybody comes at once: how far they are, and when. All times count from the
 * beginning of the wave, at which all of them want in. Any thread.
 */
final class Wave {
  /** A wave is given up after so long for each client, and after the least that it may take. */
  private static final long MILLIS_FOR_EACH = 10;

  private static final long LEAST_MILLIS = 120_000;

  private final Map<String, Long> heads;
  private final long startNanos = Stamp.now();
  private final int clients;
  private final CountDownLatch absent;
  private final Histogram welcomed;
  private final Histogram arrived;
  private final LongAccumulator lastWelcome = new LongAccumulator(Math::max, 0);
  private final LongAccumulator lastArrival = new LongAccumulator(Math::max, 0);
  private final LongAdder turnedAway = new LongAdder();

  /**
   * A wave that begins now.
   *
   * @param heads how far everybody is to come, by room; empty where nobody joins a room
   * @param welcomed takes when each was welcome, in nanoseconds; many threads write to it
   * @param arrived the same of when each was where it should be
   */
  Wave(int clients, Map<String, Long> heads, Histogram welcomed, Histogram arrived) {
    this.clients = clients;
    this.heads = Map.copyOf(heads);
    this.absent = new CountDownLatch(clients);
    this.welcomed = welcomed;
    this.arrived = arrived;
  }

  /** Whether they join their rooms, or say hello and no more. */
  boolean joins() {
    return !heads.isEmpty();
  }

  /** The {@code seq} at which a client of this room has caught up. */
  long head(String room) {
    return heads.getOrDefault(room, 0L);
  }

  /** One has its {@code welcome}; if it joins nothing, it is where it should be. */
  void welcome() {
    long nanos = Stamp.now() - startNanos;
    welcomed.recordValue(Math.min(nanos, welcomed.getHighestTrackableValue()));
    lastWelcome.accumulate(nanos);
    if (!joins()) {
      absent.countDown();
    }
  }

  /** One has caught up. */
  void arrival() {
    long nanos = Stamp.now() - startNanos;
    arrived.recordValue(Math.min(nanos, arrived.getHighestTrackableValue()));
    lastArrival.accumulate(nanos);
    absent.countDown();
  }

  /** One is told to come back later. */
  void turnedAway() {
    turnedAway.increment();
  }

  /** How many had to come again. */
  long comeAgain() {
    return turnedAway.sum();
  }

  /** Waits until all are where they should be; false when that takes too long. */
  boolean await() throws InterruptedException {
    long millis = Math.max(LEAST_MILLIS, clients * MILLIS_FOR_EACH);
    return absent.await(millis, TimeUnit.MILLISECONDS);
  }

  /** How many never came to where they should be. */
  long missing() {
    return absent.getCount();
  }

  /** Until the last was welcome, in seconds. */
  double welcomeSeconds() {
    return lastWelcome.get() / 1e9;
  }

  /** Until the last had caught up, in seconds. */
  double arrivalSeconds() {
    return lastArrival.get() / 1e9;
  }
}
