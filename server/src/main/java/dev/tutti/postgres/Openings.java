package dev.tutti.postgres;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.journal.Opening;
import dev.tutti.journal.Stretch;
import dev.tutti.protocol.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a room is loaded and mended from: one statement each, which also names the life of the
 * journal, so that a load is two statements and nothing between them goes unseen. Blocks; called on
 * the readers' threads.
 */
final class Openings {
  private static final String OPENING =
      """
      select %s, r.id, r.head, s.seq, s.document
      from (select) one
        left join room r on r.name = ?
        left join snapshot s on s.room = r.id
      """;

  /** The outer join says the epoch also where there are no entries. */
  private static final String STRETCH =
      """
      select e.seq, e.key, e.digest, e.name, e.actor, e.at, e.patch, %s
      from (select) one
        left join lateral (
          select seq, key, digest, name, actor, at, patch from event
          where room = ? and seq > ? order by seq limit ?) e on true
      order by e.seq
      """;

  private Openings() {}

  static Opening opening(Connection connection, RoomName name) throws SQLException {
    return Epoch.with(
        connection,
        OPENING,
        statement -> {
          statement.setString(1, name.value());
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return new Opening(row.getString(1), room(row, name), snapshot(row));
          }
        });
  }

  private static Optional<RoomHead> room(ResultSet row, RoomName name) throws SQLException {
    long id = row.getLong(2);
    return row.wasNull() ? Optional.empty() : Optional.of(new RoomHead(id, name, row.getLong(3)));
  }

  private static Optional<Snapshot> snapshot(ResultSet row) throws SQLException {
    long seq = row.getLong(4);
    return row.wasNull() ? Optional.empty() : Optional.of(new Snapshot(seq, row.getString(5)));
  }

  static Stretch stretch(Connection connection, long room, long after, int limit)
      throws SQLException {
    return Epoch.with(
        connection,
        STRETCH,
        statement -> {
          statement.setLong(1, room);
          statement.setLong(2, after);
          statement.setInt(3, limit);
          return stretch(statement);
        });
  }

  private static Stretch stretch(PreparedStatement statement) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    String epoch = "";
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        epoch = rows.getString(8);
        if (rows.getObject(1) != null) {
          entries.add(Queries.entry(rows));
        }
      }
    }
    return new Stretch(epoch, List.copyOf(entries));
  }
}
