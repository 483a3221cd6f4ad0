package dev.tutti.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

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

  private Epoch() {}

  static String of(Connection connection) throws SQLException {
    var life =
        text(
            connection,
            """
            select ltrim(substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), '0')
              || '-' || to_hex('event'::regclass::oid::bigint)
              || '-' || (select left(id::text, 8) from journal)
              || case when current_setting('fsync') = 'on'
                       and current_setting('full_page_writes') = 'on'
                       and current_setting('synchronous_commit') <> 'off' then ''
                 else '-' || extract(epoch from pg_postmaster_start_time()) end
            """);
    return cluster(connection) + life;
  }

  private static String cluster(Connection connection) throws SQLException {
    try {
      return text(connection, "select to_hex(system_identifier) || '-' from pg_control_system()");
    } catch (SQLException e) {
      if (NO_PERMISSION.equals(e.getSQLState())) {
        return "";
      }
      throw e;
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
