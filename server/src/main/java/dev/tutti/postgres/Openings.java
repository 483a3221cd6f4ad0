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
 * journal, so that all that is read is of one moment. Blocks; called on the readers' threads.
 */
final class Openings {
  /** A row for each entry, or one without; the document stands in the first alone. */
  private static final String OPENING =
      """
      select e.seq, e.key, e.digest, e.name, e.actor, e.at, e.patch, %s, r.id, r.head, s.seq,
        case when coalesce(e.place, 1) = 1 then s.document end
      from (select) one
        left join room r on r.name = ?
        left join snapshot s on s.room = r.id
        left join lateral (
          select row_number() over (order by seq) as place,
            seq, key, digest, name, actor, at, patch from event
          where room = r.id and seq > greatest(0, least(coalesce(s.seq, 0), r.head - ?))
          order by seq limit ?) e on true
      order by e.seq
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

  static Opening opening(Connection connection, RoomName name, int back, int limit)
      throws SQLException {
    return Epoch.with(
        connection,
        OPENING,
        statement -> {
          statement.setString(1, name.value());
          statement.setInt(2, back);
          statement.setInt(3, limit);
          return opening(statement, name);
        });
  }

  private static Opening opening(PreparedStatement statement, RoomName name) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      String epoch = row.getString(8);
      Optional<RoomHead> room = room(row, name);
      Optional<Snapshot> snapshot = snapshot(row);
      return new Opening(epoch, room, snapshot, entriesFrom(row));
    }
  }

  private static Optional<RoomHead> room(ResultSet row, RoomName name) throws SQLException {
    long id = row.getLong(9);
    return row.wasNull() ? Optional.empty() : Optional.of(new RoomHead(id, name, row.getLong(10)));
  }

  private static Optional<Snapshot> snapshot(ResultSet row) throws SQLException {
    long seq = row.getLong(11);
    return row.wasNull() ? Optional.empty() : Optional.of(new Snapshot(seq, row.getString(12)));
  }

  /** Those of this row and the ones behind it. */
  private static List<Entry> entriesFrom(ResultSet row) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    do {
      if (row.getObject(1) != null) {
        entries.add(Queries.entry(row));
      }
    } while (row.next());
    return List.copyOf(entries);
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
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return new Stretch(row.getString(8), entriesFrom(row));
    }
  }
}
