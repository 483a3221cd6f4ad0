package dev.tutti.chaos;

import dev.tutti.fleet.Fleet;
import dev.tutti.fleet.Part;
import dev.tutti.fleet.SharedRedis;
import dev.tutti.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What faults are done to.
 *
 * @param freeze how long something stays frozen or cut off
 */
record Bed(Fleet fleet, Links links, Duration freeze) {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(20);

  Part instance(int number) {
    return fleet.instances().get(number);
  }

  SharedRedis redis() {
    return fleet.redis().orElseThrow();
  }

  EmbeddedPostgres postgres() {
    return fleet.postgres().orElseThrow();
  }

  void whileFrozen() {
    LockSupport.parkNanos(freeze.toNanos());
  }

  /** Waits for a condition. */
  static void until(String what, BooleanSupplier condition) {
    if (!becomes(condition, LIMIT)) {
      throw new IllegalStateException("Waited two minutes until " + what + ".");
    }
  }

  /** Whether a condition comes true in time. */
  static boolean becomes(BooleanSupplier condition, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }
}
