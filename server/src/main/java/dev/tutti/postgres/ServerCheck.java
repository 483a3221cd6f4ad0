package dev.tutti.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a PostgreSQL says of itself that decides whether a journal may be kept in it.
 *
 * @param version as in {@code server_version_num}: 180006 is 18.6
 * @param inRecovery whether it is a standby
 */
record ServerCheck(
    int version,
    boolean inRecovery,
    boolean readOnly,
    String encoding,
    boolean fsync,
    boolean synchronousCommit,
    boolean fullPageWrites) {
  private static final int MIN_VERSION = 140000;

  static ServerCheck of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select current_setting('server_version_num')::int, pg_is_in_recovery(),
                  current_setting('transaction_read_only') = 'on',
                  current_setting('server_encoding'),
                  current_setting('fsync') = 'on', current_setting('synchronous_commit') <> 'off',
                  current_setting('full_page_writes') = 'on'
                """)) {
      row.next();
      return new ServerCheck(
          row.getInt(1),
          row.getBoolean(2),
          row.getBoolean(3),
          row.getString(4),
          row.getBoolean(5),
          row.getBoolean(6),
          row.getBoolean(7));
    }
  }

  /** Whether what it confirms survives a crash of its machine. */
  boolean isDurable() {
    return volatileSettings().isEmpty();
  }

  /** The settings that are off and should not be. */
  List<String> volatileSettings() {
    var off = new ArrayList<String>();
    if (!fsync) {
      off.add("fsync");
    }
    if (!synchronousCommit) {
      off.add("synchronous_commit");
    }
    if (!fullPageWrites) {
      off.add("full_page_writes");
    }
    return List.copyOf(off);
  }

  /**
   * @throws PostgresRefused with a sentence, when no journal may be kept in it
   */
  void require(boolean acceptVolatile) {
    if (version < MIN_VERSION) {
      throw new PostgresRefused(
          "PostgreSQL %d is too old: version %d or later is needed."
              .formatted(version / 10000, MIN_VERSION / 10000));
    }
    if (inRecovery) {
      throw new PostgresRefused(
          "This PostgreSQL is a standby, which takes no events. Name the primary.");
    }
    if (readOnly) {
      throw new PostgresRefused(
          "This PostgreSQL is read-only (default_transaction_read_only is on).");
    }
    if (!encoding.equals("UTF8")) {
      throw new PostgresRefused(
          "The database's encoding is %s; it must be UTF8.".formatted(encoding));
    }
    if (!isDurable() && !acceptVolatile) {
      throw new PostgresRefused(
          ("This PostgreSQL runs with %s off, so a crash could lose what was confirmed."
                  + " Turn it on, or accept the loss with --accept-volatile-postgres.")
              .formatted(String.join(" and ", volatileSettings())));
    }
  }
}
