package dev.tutti.trouble;

import dev.tutti.Server;
import dev.tutti.config.Given;
import dev.tutti.config.ServerConfig;
import dev.tutti.config.ServerConfig.Conclusion;
import dev.tutti.config.Setting;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.InstantSource;
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
    String url =
        database.jdbcUrl().substring("jdbc:".length()).replaceFirst(":\\d+/", ":" + by + "/");
    return Server.start(config(database, Map.of(Setting.POSTGRES_URL, url)));
  }

  /** One of a fleet, with a Redis and a clock. */
  public static Server over(PostgresSettings database, String redisUrl, InstantSource clock) {
    return Server.start(config(database, Map.of(Setting.REDIS_URL, redisUrl)), clock);
  }

  /** One of a fleet that compares rooms with the journal only when something has happened. */
  public static Server healingAfterTrouble(PostgresSettings database, String redisUrl) {
    return Server.start(
        config(database, Map.of(Setting.REDIS_URL, redisUrl, Setting.HEAL, "60000")));
  }

  /** What a server would be started with that has a PostgreSQL of its own in this folder. */
  public static ServerConfig onItsOwn(Path data, int port) {
    return concluded(
        Map.of(
            Setting.PORT, List.of(Integer.toString(port)), Setting.DATA, List.of(data.toString())),
        Map.of());
  }

  private static ServerConfig config(PostgresSettings database, Map<Setting, String> more) {
    Map<Setting, List<String>> given = new HashMap<>();
    given.put(Setting.PORT, List.of("0"));
    given.put(Setting.LOOPS, List.of("1"));
    given.put(Setting.DRAIN, List.of("1"));
    given.put(Setting.HEAL, List.of("200"));
    given.put(Setting.MAX_MESSAGES_PER_SECOND, List.of("100000"));
    given.put(Setting.MAX_BURST, List.of("100000"));
    given.put(Setting.DATA, List.of(TestPostgres.folder().toString()));
    given.put(Setting.POSTGRES_URL, List.of(database.jdbcUrl().substring("jdbc:".length())));
    given.put(Setting.POSTGRES_USER, List.of(database.user()));
    more.forEach((setting, text) -> given.put(setting, List.of(text)));
    return concluded(given, Map.of("TUTTI_POSTGRES_PASSWORD", database.password()));
  }

  private static ServerConfig concluded(
      Map<Setting, List<String>> given, Map<String, String> secrets) {
    return switch (ServerConfig.conclude(new Given(given, secrets))) {
      case Conclusion.Concluded(ServerConfig config) -> config;
      case Conclusion.Refused(List<String> problems) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }

  /** Where a database is. */
  public static int port(PostgresSettings database) {
    return Integer.parseInt(database.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
  }
}
