package dev.tutti.postgres;

import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.Snapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Rooms whose past does not begin at 1. What was let go of ends at {@code snapshot.cut}: it stands
 * there, and not in {@code room}, because no append may ever find its room's row held by this; and
 * it spares looking through the index for entries that are long gone. Blocks; called on the
 * readers' threads.
 */
final class Trims {
  /**
   * Two at once for one room do no harm: the second finds the snapshot changed, and nothing left.
   */
  private static final String TRIM =
      """
      with kept as (select cut, seq - ? as upto from snapshot where room = ?),
      oldest as materialized (
        select e.seq, e.at from kept cross join lateral (
          select seq, at from event
          where room = ? and seq > kept.cut and seq <= kept.upto order by seq limit ?) e),
      last as materialized (
        select coalesce(min(seq) filter (where at >= ?) - 1, max(seq)) as seq from oldest),
      gone as (
        delete from event
        where room = ? and seq > (select cut from kept) and seq <= (select seq from last)
        returning seq),
      noted as (
        update snapshot s set cut = last.seq from last where s.room = ? and last.seq > s.cut)
      select count(*) from gone
      """;

  private static final String BEGIN =
      """
      with begun as (update room set head = ? where id = ? and head = 0 returning id)
      insert into snapshot (room, seq, document, cut) select id, ?, ?, ? from begun
      """;

  private Trims() {}

  /** How many are gone. */
  static int trim(Connection connection, long room, long behind, Instant before)
      throws SQLException {
    try (var statement = connection.prepareStatement(TRIM)) {
      statement.setLong(1, behind);
      statement.setLong(2, room);
      statement.setLong(3, room);
      statement.setInt(4, Journal.MAX_TRIMMED);
      statement.setObject(5, before.atOffset(ZoneOffset.UTC));
      statement.setLong(6, room);
      statement.setLong(7, room);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  static void begin(Connection connection, long room, Snapshot from) throws SQLException {
    try (var statement = connection.prepareStatement(BEGIN)) {
      statement.setLong(1, from.seq());
      statement.setLong(2, room);
      statement.setLong(3, from.seq());
      statement.setString(4, from.document());
      statement.setLong(5, from.seq());
      statement.executeUpdate();
    }
  }
}
