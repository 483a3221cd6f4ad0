package dev.tutti.postgres;

import dev.tutti.sources.Turns;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns by advisory locks of PostgreSQL, all of an instance's in one connection: they are held as
 * long as it lives, so another instance has them as soon as PostgreSQL knows that this one is gone.
 * Safe on any thread. One asks at a time and blocks, {@value #LIMIT_SECONDS} s for each answer of
 * PostgreSQL; closing waits for nobody.
 */
public final class AdvisoryTurns implements Turns {
  private static final Logger log = LoggerFactory.getLogger(AdvisoryTurns.class);

  /** Where locks of this kind are, beside whatever else is locked in this database: "tutt". */
  private static final int SPACE = 0x74757474;

  private static final int LIMIT_SECONDS = 5;

  /** After a failure the answer is no at once for so long: of many only one waits for it. */
  private static final Duration REST = Duration.ofSeconds(1);

  private final Database database;

  // Guarded by this, but for being cut.
  private final Set<String> held = new HashSet<>();
  private volatile @Nullable Connection connection;
  private @Nullable Long failedNanos;

  private volatile boolean closed;

  /** Connects when it is first asked. */
  public AdvisoryTurns(PostgresSettings settings) {
    this.database = new Database(settings);
  }

  @Override
  public synchronized boolean mine(String source) {
    Long failed = failedNanos;
    if (closed || (failed != null && System.nanoTime() - failed < REST.toNanos())) {
      return false;
    }
    try {
      Connection open = connection();
      boolean mine = held.contains(source) || lock(open, source);
      failedNanos = null;
      return mine && !closed;
    } catch (SQLException e) {
      log.debug("Nobody can tell whose turn it is: {}", e.getMessage());
      failedNanos = System.nanoTime();
      drop();
      return false;
    }
  }

  private Connection connection() throws SQLException {
    Connection known = connection;
    if (known != null && known.isValid(LIMIT_SECONDS)) {
      return known;
    }
    drop();
    if (closed) {
      throw new SQLException("closed");
    }
    var properties = database.properties();
    properties.setProperty("ApplicationName", "tutti-turns");
    properties.setProperty("socketTimeout", Integer.toString(LIMIT_SECONDS));
    Connection open = DriverManager.getConnection(database.settings().jdbcUrl(), properties);
    connection = open;
    if (closed) {
      cut();
    }
    return open;
  }

  private boolean lock(Connection open, String source) throws SQLException {
    try (PreparedStatement lock =
        open.prepareStatement("select pg_try_advisory_lock(?, hashtext(?))")) {
      lock.setInt(1, SPACE);
      lock.setString(2, source);
      try (ResultSet result = lock.executeQuery()) {
        boolean mine = result.next() && result.getBoolean(1);
        if (mine) {
          held.add(source);
        }
        return mine;
      }
    }
  }

  /** Whatever was held with it is free by now. */
  private void drop() {
    held.clear();
    cut();
    connection = null;
  }

  /** Breaks it under the hands of whoever waits on it. Any thread. */
  private void cut() {
    Connection known = connection;
    if (known != null) {
      try {
        known.abort(Runnable::run);
      } catch (SQLException e) {
        log.debug("The connection was gone already: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    cut();
  }
}
