package dev.tutti.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Names one unbroken life of the journal. Each part changes when a tail may be missing: which
 * cluster of files (its system identifier, left out where an ordinary user may not ask for it), the
 * timeline (another after a failover or a restore to a point in time), the table itself (another
 * after a dump was read back over it), and an id that a person can change who knows of a loss that
 * none of these shows.
 *
 * <p>Where the settings are not durable a restart may have lost a tail too, so its time is the last
 * part.
 */
final class Epoch {
  private static final String NO_PERMISSION = "42501";

  private static final String CLUSTER =
      "(select to_hex(system_identifier) || '-' from pg_control_system())";

  private static final String LIFE =
      """
      (select ltrim(substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), '0')
        || '-' || to_hex('event'::regclass::oid::bigint)
        || '-' || (select left(id::text, 8) from journal)
        || case when current_setting('fsync') = 'on'
                 and current_setting('full_page_writes') = 'on'
                 and current_setting('synchronous_commit') <> 'off' then ''
           else '-' || extract(epoch from pg_postmaster_start_time()) end)
      """;

  /** What a statement is asked. */
  interface Question<T> {
    T ask(PreparedStatement statement) throws SQLException;
  }

  private Epoch() {}

  static String of(Connection connection) throws SQLException {
    return with(
        connection,
        "select %s",
        statement -> {
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
          }
        });
  }

  /**
   * Asks something that names the epoch in the same moment.
   *
   * @param sql a query with a <code>%s</code> in the place of the epoch
   */
  static <T> T with(Connection connection, String sql, Question<T> question) throws SQLException {
    try {
      return ask(connection, sql.formatted(CLUSTER + " || " + LIFE), question);
    } catch (SQLException e) {
      if (NO_PERMISSION.equals(e.getSQLState())) {
        return ask(connection, sql.formatted(LIFE), question);
      }
      throw e;
    }
  }

  private static <T> T ask(Connection connection, String sql, Question<T> question)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return question.ask(statement);
    }
  }
}
