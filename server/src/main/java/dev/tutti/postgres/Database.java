package dev.tutti.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Opens connections that suit their use. Safe for any thread; opening one blocks. */
final class Database {
  private static final int CONNECT_LIMIT_SECONDS = 5;
  private static final int ANSWER_LIMIT_SECONDS = 30;

  /** A statement of thousands of events leaves in one piece; the driver's default is 8 KB. */
  private static final int SEND_BUFFER_BYTES = 1024 * 1024;

  private final PostgresSettings settings;

  Database(PostgresSettings settings) {
    this.settings = settings;
  }

  PostgresSettings settings() {
    return settings;
  }

  /**
   * A connection for an appender: its plan for the append never depends on what the planner guesses
   * about the tables, and is made once. The server is looked at again, as behind one address
   * another one may answer by now.
   */
  Connection openForAppends() throws SQLException {
    var properties = properties();
    properties.setProperty("prepareThreshold", "1");
    properties.setProperty("maxSendBufferSize", Integer.toString(SEND_BUFFER_BYTES));
    properties.setProperty("ApplicationName", "tutti-append");
    var connection = DriverManager.getConnection(settings.jdbcUrl(), properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          set default_transaction_isolation = 'read committed';
          set plan_cache_mode = force_generic_plan;
          set enable_seqscan = off;
          set enable_bitmapscan = off;
          set enable_hashjoin = off;
          set enable_mergejoin = off;
          set jit = off;
          """);
      ServerCheck.of(connection).require(settings.acceptVolatile());
      return connection;
    } catch (SQLException | PostgresRefused e) {
      connection.close();
      throw e;
    }
  }

  Properties properties() {
    var properties = new Properties();
    if (!settings.user().isEmpty()) {
      properties.setProperty("user", settings.user());
    }
    if (!settings.password().isEmpty()) {
      properties.setProperty("password", settings.password());
    }
    properties.setProperty("ApplicationName", "tutti");
    properties.setProperty("loginTimeout", Integer.toString(CONNECT_LIMIT_SECONDS));
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_LIMIT_SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(ANSWER_LIMIT_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("tcpNoDelay", "true");
    return properties;
  }
}
