package dev.tutti.postgres;

import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * Appends batches of many rooms in one round trip and one commit. A room is in the result when it
 * won; one that is missing lost, and nothing of it was written.
 *
 * <p>The plan matters more than anything else here; {@code docs/decisions/0010-journal-append.md}
 * explains every turn of the statement, and a test reads its plan.
 */
final class AppendStatement implements AutoCloseable {
  static final String SQL =
      """
      with batch as materialized (
        select * from unnest(?::bigint[], ?::bigint[], ?::int[]) as b(room, expected, n)),
      entry as materialized (
        select * from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::uuid[],
            ?::text[], ?::text[], ?::text[])
          as e(room, seq, digest, micros, key, name, actor, patch)),
      known as materialized (
        select e.room from entry e cross join lateral (
          select from event x where x.room = e.room and x.key = e.key limit 1) found),
      locked as materialized (
        select r.id, b.n from batch b cross join lateral (
          select id from room where id = b.room and head = b.expected
          for no key update skip locked) r
        where (b.room in (select room from known)) is not true),
      won as (
        update room r set head = r.head + l.ns[array_position(l.ids, r.id)]
        from (select array(select id from locked) as ids, array(select n from locked) as ns) l
        where r.id = any (l.ids) returning r.id),
      done as (
        insert into event (room, seq, digest, at, key, name, actor, patch)
        select e.room, e.seq, e.digest, timestamptz 'epoch' + e.micros * interval '1 microsecond',
          e.key, e.name, e.actor, e.patch::json
        from entry e where (e.room in (select id from won)) is true)
      select id from won
      """;

  private final PGConnection arrays;
  private final PreparedStatement statement;

  AppendStatement(Connection connection) throws SQLException {
    this.arrays = connection.unwrap(PGConnection.class);
    this.statement = connection.prepareStatement(SQL);
  }

  /**
   * @param batches of distinct rooms
   * @return the rooms that won
   * @throws ArithmeticException when an event's time is beyond what the journal can tell
   */
  Set<Long> append(List<Batch> batches) throws SQLException {
    bindBatches(batches);
    bindEntries(batches);
    var won = new HashSet<Long>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        won.add(rows.getLong(1));
      }
    }
    return won;
  }

  private void bindBatches(List<Batch> batches) throws SQLException {
    int count = batches.size();
    var room = new long[count];
    var expected = new long[count];
    var n = new int[count];
    for (int i = 0; i < count; i++) {
      var batch = batches.get(i);
      room[i] = batch.room();
      expected[i] = batch.after();
      n[i] = batch.entries().size();
    }
    bind(1, "int8", room);
    bind(2, "int8", expected);
    bind(3, "int4", n);
  }

  private void bindEntries(List<Batch> batches) throws SQLException {
    int count = batches.stream().mapToInt(batch -> batch.entries().size()).sum();
    var room = new long[count];
    var seq = new long[count];
    var digest = new long[count];
    var micros = new long[count];
    var key = new UUID[count];
    var name = new String[count];
    var actor = new String[count];
    var patch = new String[count];
    int i = 0;
    for (Batch batch : batches) {
      for (Entry entry : batch.entries()) {
        room[i] = batch.room();
        seq[i] = entry.seq();
        digest[i] = entry.digest();
        micros[i] = micros(entry.at());
        key[i] = entry.key();
        name[i] = entry.name();
        actor[i] = entry.by();
        patch[i] = entry.patch();
        i++;
      }
    }
    bind(4, "int8", room);
    bind(5, "int8", seq);
    bind(6, "int8", digest);
    bind(7, "int8", micros);
    bind(8, "uuid", key);
    bind(9, "text", name);
    bind(10, "text", actor);
    bind(11, "text", patch);
  }

  private void bind(int index, String type, Object values) throws SQLException {
    statement.setArray(index, arrays.createArrayOf(type, values));
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at.truncatedTo(ChronoUnit.MICROS));
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
