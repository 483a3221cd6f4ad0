package dev.tutti.postgres;

import dev.tutti.journal.JournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of one lane, opened when it is needed and opened again after it broke. Between two
 * failed tries lies a pause that doubles, in which the answer is no at once: nobody waits for a
 * journal that is down. Used by the lane's thread, but for {@link #cut}.
 */
final class LaneConnection {
  private static final Logger log = LoggerFactory.getLogger(LaneConnection.class);
  private static final Duration MIN_PAUSE = Duration.ofMillis(50);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(2);
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final int PROBE_LIMIT_SECONDS = 5;

  private final Database database;
  private final LongSupplier nanoTime;
  private volatile @Nullable Connection connection;
  private @Nullable AppendStatement statement;

  /** The life of the journal that the connection was opened in; it does not outlive that. */
  private String epoch = "";

  private long usedNanos;
  private @Nullable Exception lastFailure;
  private long pauseNanos;
  private long pauseEndNanos;

  LaneConnection(Database database, LongSupplier nanoTime) {
    this.database = database;
    this.nanoTime = nanoTime;
  }

  /**
   * @throws JournalException when there is no connection, now or until the pause ends
   */
  AppendStatement statement() {
    long now = nanoTime.getAsLong();
    var held = statement;
    // After a rest it may have been closed from the other side, which an append would find out too
    // late to say for certain that nothing happened.
    if (held != null && now - usedNanos > FRESH.toNanos() && !isAlive()) {
      drop();
      held = null;
    }
    if (held == null) {
      held = open(now);
    }
    // When it was given out: opening it may have taken longer than it stays fresh.
    usedNanos = nanoTime.getAsLong();
    return held;
  }

  /** Which life of the journal the present {@link #statement} appends to. */
  String epoch() {
    return epoch;
  }

  private AppendStatement open(long now) {
    var failure = lastFailure;
    if (failure != null && now < pauseEndNanos) {
      throw unreachable(failure);
    }
    try {
      var opened = database.openForAppends();
      connection = opened;
      epoch = Epoch.of(opened);
      var prepared = new AppendStatement(opened);
      statement = prepared;
      if (failure != null) {
        log.info("PostgreSQL can be reached again.");
      }
      lastFailure = null;
      pauseNanos = 0;
      return prepared;
    } catch (SQLException | PostgresRefused e) {
      drop();
      pause(e);
      throw unreachable(e);
    }
  }

  private static JournalException unreachable(Exception failure) {
    return new JournalException(
        "PostgreSQL cannot be reached: " + Reason.of(failure) + ".", failure);
  }

  private void pause(Exception failure) {
    if (lastFailure == null) {
      log.warn("PostgreSQL cannot be reached: {}.", Reason.of(failure));
    }
    lastFailure = failure;
    pauseNanos = Math.clamp(pauseNanos * 2, MIN_PAUSE.toNanos(), MAX_PAUSE.toNanos());
    long jittered = pauseNanos / 2 + ThreadLocalRandom.current().nextLong(pauseNanos / 2 + 1);
    pauseEndNanos = nanoTime.getAsLong() + jittered;
  }

  private boolean isAlive() {
    var held = connection;
    try {
      return held != null && held.isValid(PROBE_LIMIT_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Closes it; the next use opens another. */
  void drop() {
    statement = null;
    cut();
    connection = null;
  }

  /** Breaks it under the hands of whoever waits on it. Any thread. */
  void cut() {
    var held = connection;
    if (held != null) {
      try {
        held.abort(Runnable::run);
      } catch (SQLException e) {
        log.debug("A connection did not let itself be cut.", e);
      }
    }
  }
}
