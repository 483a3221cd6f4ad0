package dev.tutti.browser;

import dev.tutti.Server;
import dev.tutti.config.Given;
import dev.tutti.config.ServerConfig;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import java.util.Map;

/**
 * One server for all browser tests of the JVM that leave it alone, started when the first one asks.
 * It ends with the JVM. Boards have names of their own in each test.
 */
final class SharedServer {
  /** Signs the tokens of whoever is no guest. */
  static final String SECRET = "browser tests are signed with this secret";

  private SharedServer() {}

  static int port() {
    return Running.SERVER.address().getPort();
  }

  /** Its address, without a slash at the end. */
  static String url() {
    return "http://127.0.0.1:" + port();
  }

  private static final class Running {
    static final Server SERVER = Server.start(config(TestPostgres.database()));

    private static ServerConfig config(PostgresSettings database) {
      var environment =
          Map.of(
              "TUTTI_PORT", "0",
              "TUTTI_POSTGRES_URL", database.jdbcUrl(),
              "TUTTI_POSTGRES_USER", database.user(),
              "TUTTI_POSTGRES_PASSWORD", database.password(),
              "TUTTI_TOKEN_SECRET", SECRET);
      return switch (ServerConfig.conclude(new Given(Map.of(), environment))) {
        case ServerConfig.Conclusion.Concluded(ServerConfig config) -> config;
        case ServerConfig.Conclusion.Refused(var problems) ->
            throw new AssertionError(problems.toString());
      };
    }
  }
}
