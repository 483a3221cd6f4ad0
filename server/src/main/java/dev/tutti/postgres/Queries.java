package dev.tutti.postgres;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal.KnownKey;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.protocol.EntityName;
import dev.tutti.protocol.RoomName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Every question to the journal, on one connection. Blocks; called on the readers' threads. */
final class Queries {
  private static final String COLUMNS =
      "select seq, key, digest, name, actor, at, patch from event ";

  /** Sorts behind every name: the last character there is. */
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private static final String UNIQUE_VIOLATION = "23505";

  private Queries() {}

  static byte[] fleetSecret(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select fleet_secret from journal");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getBytes(1);
    }
  }

  static Optional<RoomHead> find(Connection connection, RoomName name) throws SQLException {
    var sql = "select id, name, head from room where name = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, name.value());
      return rooms(statement).stream().findFirst();
    }
  }

  static List<RoomHead> findAll(Connection connection, Collection<RoomName> names)
      throws SQLException {
    var sql = "select id, name, head from room where name = any (?)";
    try (var statement = connection.prepareStatement(sql)) {
      Object[] texts = names.stream().map(RoomName::value).toArray();
      statement.setArray(1, connection.createArrayOf("text", texts));
      return rooms(statement);
    }
  }

  static RoomHead create(Connection connection, RoomName name) throws SQLException {
    var existing = find(connection, name);
    if (existing.isPresent()) {
      return existing.get();
    }
    var sql =
        """
        insert into room (name, type) values (?, ?) on conflict (name) do nothing
        returning id, name, head
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, name.value());
      statement.setString(2, name.type());
      var made = rooms(statement);
      // Where another was quicker, the insert has waited for it, and it is there now.
      return made.isEmpty() ? find(connection, name).orElseThrow() : made.getFirst();
    }
  }

  static List<RoomHead> list(Connection connection, String prefix, String after, int limit)
      throws SQLException {
    if (prefix.indexOf('\0') >= 0 || after.indexOf('\0') >= 0) {
      return List.of();
    }
    var sql =
        """
        select id, name, head from room where name >= ? and name < ? and name > ?
        order by name limit ?
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, prefix);
      statement.setString(2, prefix + LAST);
      statement.setString(3, after);
      statement.setInt(4, limit);
      return rooms(statement);
    }
  }

  private static List<RoomHead> rooms(PreparedStatement statement) throws SQLException {
    var rooms = new ArrayList<RoomHead>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        rooms.add(new RoomHead(rows.getLong(1), new RoomName(rows.getString(2)), rows.getLong(3)));
      }
    }
    return List.copyOf(rooms);
  }

  static List<Entry> readAfter(Connection connection, long room, long after, int limit)
      throws SQLException {
    return entries(
        connection,
        COLUMNS + "where room = ? and seq > ? order by seq limit ?",
        room,
        after,
        limit);
  }

  static List<Entry> readBefore(Connection connection, long room, long before, int limit)
      throws SQLException {
    return entries(
            connection,
            COLUMNS + "where room = ? and seq < ? order by seq desc limit ?",
            room,
            before,
            limit)
        .reversed();
  }

  static List<Entry> readTouching(
      Connection connection, long room, EntityName entity, long from, long before, int limit)
      throws SQLException {
    if (entity.toString().indexOf('\0') >= 0) {
      return List.of();
    }
    String id = entity.id();
    var sql =
        COLUMNS
            + """
            where room = ? and seq >= ? and seq < ? and %s is not null
            order by seq desc limit ?
            """
                .formatted(id == null ? "patch -> ?" : "patch -> ? -> ?");
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, room);
      statement.setLong(2, from);
      statement.setLong(3, before);
      int next = 4;
      statement.setString(next++, entity.collection());
      if (id != null) {
        statement.setString(next++, id);
      }
      statement.setInt(next, limit);
      return entries(statement).reversed();
    }
  }

  private static List<Entry> entries(
      Connection connection, String sql, long room, long seq, int limit) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, room);
      statement.setLong(2, seq);
      statement.setInt(3, limit);
      return entries(statement);
    }
  }

  private static List<Entry> entries(PreparedStatement statement) throws SQLException {
    var entries = new ArrayList<Entry>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(entry(rows));
      }
    }
    return List.copyOf(entries);
  }

  static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong(1),
        row.getObject(2, UUID.class),
        row.getLong(3),
        row.getString(4),
        row.getString(5),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        row.getString(7));
  }

  static Map<UUID, KnownKey> known(Connection connection, long room, Collection<UUID> keys)
      throws SQLException {
    var sql = "select key, seq, digest from event where room = ? and key = any (?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, room);
      statement.setArray(2, connection.createArrayOf("uuid", keys.toArray()));
      var known = new HashMap<UUID, KnownKey>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          known.put(rows.getObject(1, UUID.class), new KnownKey(rows.getLong(2), rows.getLong(3)));
        }
      }
      return Map.copyOf(known);
    }
  }

  static Map<Long, Long> heads(Connection connection, Collection<Long> rooms) throws SQLException {
    var sql = "select id, head from room where id = any (?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("int8", rooms.toArray()));
      var heads = new HashMap<Long, Long>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          heads.put(rows.getLong(1), rows.getLong(2));
        }
      }
      return Map.copyOf(heads);
    }
  }

  static void save(Connection connection, long room, Snapshot snapshot) throws SQLException {
    var sql =
        """
        insert into snapshot as kept (room, seq, document) values (?, ?, ?)
        on conflict (room) do update
        set seq = excluded.seq, document = excluded.document, at = now()
        where kept.seq < excluded.seq
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, room);
      statement.setLong(2, snapshot.seq());
      statement.setString(3, snapshot.document());
      statement.executeUpdate();
    }
  }

  /** False where there is a room of that name, perhaps since a moment ago. */
  static boolean rename(Connection connection, long room, RoomName name) throws SQLException {
    var sql =
        """
        update room set name = ?, type = ?
        where id = ? and not exists (select from room where name = ?)
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, name.value());
      statement.setString(2, name.type());
      statement.setLong(3, room);
      statement.setString(4, name.value());
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  static void discard(Connection connection, long room) throws SQLException {
    var all =
        List.of(
            "delete from room where id = ?",
            "delete from event where room = ?",
            "delete from snapshot where room = ?");
    for (var sql : all) {
      try (var statement = connection.prepareStatement(sql)) {
        statement.setLong(1, room);
        statement.executeUpdate();
      }
    }
  }
}
