package dev.tutti.postgres.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One run of PostgreSQL over a cluster's files, from its start to its end. */
final class Run {
  static final Duration POLL = Duration.ofMillis(5);
  private static final Duration START_LIMIT = Duration.ofMinutes(60);

  private final Cluster cluster;
  private final Guard guard;
  private final ProcessHandle process;

  private Run(Cluster cluster, Guard guard, ProcessHandle process) {
    this.cluster = cluster;
    this.guard = guard;
    this.process = process;
  }

  /**
   * Starts PostgreSQL and waits until it takes connections, which takes as long as its recovery.
   *
   * @param givenUp asked again and again: whether nobody wants it any more
   * @return nothing when it did not start; its log says why
   */
  static Optional<Run> start(Cluster cluster, int port, BooleanSupplier givenUp)
      throws IOException {
    cluster.stopLeftover();
    cluster.writeSettings(port);
    Guard guard = cluster.guard();
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline && !guard.hasGivenUp() && !givenUp.getAsBoolean()) {
      var process = cluster.ready(port);
      if (process.isPresent()) {
        return Optional.of(new Run(cluster, guard, process.get()));
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    guard.release();
    return Optional.empty();
  }

  long pid() {
    return process.pid();
  }

  /** Whether it still runs; what has ended and was not reaped does not. */
  boolean isAlive() {
    return cluster.isOurs(process);
  }

  /** Lets PostgreSQL shut down. Returns at once. */
  void release() throws IOException {
    guard.release();
  }
}
