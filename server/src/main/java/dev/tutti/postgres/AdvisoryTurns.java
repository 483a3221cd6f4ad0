package dev.tutti.postgres;

import dev.tutti.sources.Turns;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns by advisory locks of PostgreSQL, all of an instance's in one connection: they are held as
 * long as it lives, so another instance has them as soon as PostgreSQL knows that this one is gone.
 * Safe on any thread; one asks at a time, and blocks.
 */
public final class AdvisoryTurns implements Turns {
  private static final Logger log = LoggerFactory.getLogger(AdvisoryTurns.class);

  /** Where locks of this kind are, beside whatever else is locked in this database: "tutt". */
  private static final int SPACE = 0x74757474;

  private static final int VALID_SECONDS = 5;

  private final Database database;
  private final Set<String> held = new HashSet<>();
  private @Nullable Connection connection;
  private boolean closed;

  /** Connects when it is first asked. */
  public AdvisoryTurns(PostgresSettings settings) {
    this.database = new Database(settings);
  }

  @Override
  public synchronized boolean mine(String source) {
    if (closed) {
      return false;
    }
    try {
      Connection open = connection();
      return held.contains(source) || lock(open, source);
    } catch (SQLException e) {
      log.debug("Nobody can tell whose turn it is: {}", e.getMessage());
      drop();
      return false;
    }
  }

  private Connection connection() throws SQLException {
    Connection known = connection;
    if (known != null && known.isValid(VALID_SECONDS)) {
      return known;
    }
    drop();
    var properties = database.properties();
    properties.setProperty("ApplicationName", "tutti-turns");
    Connection open = DriverManager.getConnection(database.settings().jdbcUrl(), properties);
    connection = open;
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
    Connection known = connection;
    connection = null;
    if (known != null) {
      try {
        known.close();
      } catch (SQLException e) {
        log.debug("The connection was gone already: {}", e.getMessage());
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    drop();
  }
}
