package dev.tutti.postgres;

import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.journal.JournalException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All of a journal, read row by row as it was at one moment, on one connection, while servers may
 * go on writing. For one thread; everything blocks and fails with {@link JournalException}.
 */
public final class JournalScan implements AutoCloseable {
  private static final int ROOMS_AT_ONCE = 10;
  private static final int EVENTS_AT_ONCE = 1_000;

  /** A room and what is kept of it beside its events. */
  public record ScannedRoom(long id, String name, long head, Optional<Snapshot> snapshot) {}

  /** What a replay needs of an event. */
  public record ScannedEvent(long seq, String patch) {}

  private final Connection connection;

  private JournalScan(Connection connection) {
    this.connection = connection;
  }

  /**
   * Begins.
   *
   * @throws PostgresRefused when PostgreSQL cannot be reached, or there is no journal in it
   */
  public static JournalScan open(PostgresSettings settings) {
    try {
      var properties = new Database(settings).properties();
      // A large table is read for longer than a server waits for an answer.
      properties.setProperty("socketTimeout", "0");
      var connection = DriverManager.getConnection(settings.jdbcUrl(), properties);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set default_transaction_isolation = 'repeatable read'");
        statement.execute("set default_transaction_read_only = on");
        // Tables are to be believed here, and indexes are not: they are what may be broken.
        statement.execute("set enable_indexonlyscan = off");
        connection.setAutoCommit(false);
        statement.executeQuery("select 1 from room limit 0").close();
        return new JournalScan(connection);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new PostgresRefused("There is no journal that can be read: " + e.getMessage(), e);
    }
  }

  /** Shows every room, by name. */
  public void rooms(Consumer<ScannedRoom> to) {
    String sql =
        "select r.id, r.name, r.head, s.seq, s.document from room r"
            + " left join snapshot s on s.room = r.id order by r.name";
    each(
        sql,
        0,
        ROOMS_AT_ONCE,
        row -> {
          long snapshot = row.getLong(4);
          Optional<Snapshot> kept =
              row.wasNull()
                  ? Optional.empty()
                  : Optional.of(new Snapshot(snapshot, row.getString(5)));
          to.accept(new ScannedRoom(row.getLong(1), row.getString(2), row.getLong(3), kept));
        });
  }

  /** Shows every event of a room, by number. */
  public void events(long room, Consumer<ScannedEvent> to) {
    each(
        "select seq, patch from event where room = ? order by seq",
        room,
        EVENTS_AT_ONCE,
        row -> to.accept(new ScannedEvent(row.getLong(1), row.getString(2))));
  }

  /** Events and snapshots whose room is not there. */
  public long strays() {
    return count(
        "select (select count(*) from event e where not exists"
            + " (select from room r where r.id = e.room))"
            + " + (select count(*) from snapshot s where not exists"
            + " (select from room r where r.id = s.room))");
  }

  /** Keys that are in one room more than once. */
  public long repeatedKeys() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local enable_indexscan = off; set local enable_bitmapscan = off");
    } catch (SQLException e) {
      throw failed(e);
    }
    return count(
        "select count(*) from (select from event group by room, key having count(*) > 1) as twice");
  }

  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private long count(String sql) {
    long[] found = new long[1];
    each(sql, 0, 1, row -> found[0] = row.getLong(1));
    return found[0];
  }

  private void each(String sql, long room, int atOnce, Row to) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(atOnce);
      if (sql.contains("?")) {
        statement.setLong(1, room);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          to.read(rows);
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static JournalException failed(SQLException e) {
    return new JournalException("The journal could not be read: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It was only read from.
    }
  }
}
