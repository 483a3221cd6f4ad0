package dev.tutti.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The plan of the append must not depend on how full the tables are, or on what is known of it. */
final class AppendPlanTest {
  @Test
  void anAppendFindsEverythingByIndexHoweverFullTheTablesAre() throws SQLException {
    var settings = TestPostgres.database();
    PostgresJournal.open(settings).close();
    try (Connection connection = new Database(settings).openForAppends()) {
      requireIndexes(plan(connection));
      fill(connection, 1, 1);
      requireIndexes(plan(connection));
      fill(connection, 300, 100);
      requireIndexes(plan(connection));
      connection.createStatement().execute("analyze");
      requireIndexes(plan(connection));
    }
  }

  @Test
  void aPlanMadeOverOneRoomIsGoodForManyToo() throws SQLException {
    var settings = TestPostgres.database();
    PostgresJournal.open(settings).close();
    try (Connection connection = new Database(settings).openForAppends()) {
      fill(connection, 1, 1);
      connection.createStatement().execute("analyze");
      requireIndexes(plan(connection));
    }
  }

  private static void requireIndexes(String plan) {
    assertThat(plan)
        .contains("Index Only Scan using event_room_key_key on event")
        .containsPattern("Index Cond: \\(\\(room = \\w+\\.room\\) AND \\(key = \\w+\\.key\\)\\)")
        .contains("Index Scan using room_pkey on room")
        .containsPattern("Index Cond: \\(id = \\w+\\.room\\)")
        .contains("Index Cond: (id = ANY (")
        .doesNotContain("Join Filter", "Seq Scan", "Hash Join", "Merge", "Materialize", "Bitmap");
  }

  /** The plan as the appender's connection makes it: once, for any arguments. */
  private static String plan(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("deallocate all");
      statement.execute("prepare append as " + numbered(AppendStatement.SQL));
      var plan = new StringBuilder();
      try (var rows =
          statement.executeQuery(
              """
              explain execute append ('{1}', '{0}', '{1}', '{1}', '{1}', '{7}', '{0}',
                array[gen_random_uuid()], '{n}', '{u}', array['{}'])
              """)) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
      return plan.toString();
    }
  }

  private static String numbered(String sql) {
    var number = new int[1];
    return Pattern.compile("\\?").matcher(sql).replaceAll(_ -> "\\$" + ++number[0]);
  }

  private static void fill(Connection connection, int rooms, int events) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          """
          with made as (
            insert into room (name, type, head)
            select 'test:' || gen_random_uuid(), 'test', %2$d from generate_series(1, %1$d)
            returning id)
          insert into event (room, seq, digest, at, key, name, actor, patch)
          select id, seq, 1, now(), gen_random_uuid(), 'n', 'u', '{}'
          from made, generate_series(1, %2$d) seq
          """
              .formatted(rooms, events));
    }
  }
}
