package dev.tutti.postgres.embedded;

import dev.tutti.postgres.PostgresRefused;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a running PostgreSQL on a thread of its own, and starts it again, on the same port,
 * when it has ended without having been told to: whatever killed it, what it confirmed is there.
 */
final class Keeper {
  private static final Logger log = LoggerFactory.getLogger(Keeper.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final int port;
  private final Thread thread;
  private volatile Run run;
  private volatile boolean closing;

  Keeper(Cluster cluster, int port, Run run) {
    this.cluster = cluster;
    this.port = port;
    this.run = run;
    this.thread = Thread.ofPlatform().name("postgres-keeper").daemon().start(this::keep);
  }

  /** The run that there is now, or was last. */
  Run run() {
    return run;
  }

  private void keep() {
    while (!closing) {
      if (run.isAlive()) {
        LockSupport.parkNanos(LOOK.toNanos());
      } else {
        revive();
      }
    }
  }

  private void revive() {
    log.error("PostgreSQL (process {}) has ended by itself; it is started again.", run.pid());
    Duration pause = LOOK;
    while (!closing) {
      try {
        run.release();
        Optional<Run> next =
            cluster.isLeft() ? Optional.empty() : Run.start(cluster, port, () -> closing);
        if (next.isPresent()) {
          run = next.get();
          log.info("PostgreSQL runs again, as process {}.", run.pid());
          return;
        }
      } catch (IOException | PostgresRefused e) {
        log.debug("PostgreSQL could not be started again.", e);
      }
      pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /** Starts nothing any more. Waits for what is being started. */
  void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
