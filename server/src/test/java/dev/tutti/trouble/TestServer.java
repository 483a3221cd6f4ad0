package dev.tutti.trouble;

import dev.tutti.Server;
import dev.tutti.config.Given;
import dev.tutti.config.ServerConfig;
import dev.tutti.config.ServerConfig.Conclusion;
import dev.tutti.config.Setting;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole server in this JVM over a given PostgreSQL. */
public final class TestServer {
  private TestServer() {}

  /** A server over a database, on a free port. */
  public static Server over(PostgresSettings database) {
    return over(database, port(database));
  }

  /** The same, by way of another port of this machine. */
  public static Server over(PostgresSettings database, int by) {
    Map<Setting, List<String>> given = new HashMap<>();
    given.put(Setting.PORT, List.of("0"));
    given.put(Setting.LOOPS, List.of("1"));
    given.put(Setting.DRAIN, List.of("1"));
    given.put(Setting.HEAL, List.of("200"));
    given.put(Setting.MAX_MESSAGES_PER_SECOND, List.of("100000"));
    given.put(Setting.MAX_BURST, List.of("100000"));
    given.put(Setting.DATA, List.of(TestPostgres.folder().toString()));
    given.put(
        Setting.POSTGRES_URL,
        List.of(
            database.jdbcUrl().substring("jdbc:".length()).replaceFirst(":\\d+/", ":" + by + "/")));
    given.put(Setting.POSTGRES_USER, List.of(database.user()));
    Map<String, String> secrets = Map.of("TUTTI_POSTGRES_PASSWORD", database.password());
    return switch (ServerConfig.conclude(new Given(given, secrets))) {
      case Conclusion.Concluded(ServerConfig config) -> Server.start(config);
      case Conclusion.Refused(List<String> problems) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }

  /** Where a database is. */
  public static int port(PostgresSettings database) {
    return Integer.parseInt(database.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
  }
}
