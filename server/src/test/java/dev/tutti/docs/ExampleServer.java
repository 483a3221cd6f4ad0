package dev.tutti.docs;

import dev.tutti.Server;
import dev.tutti.auth.Grants;
import dev.tutti.auth.Secret;
import dev.tutti.auth.TokenRules;
import dev.tutti.auth.Tokens;
import dev.tutti.config.Given;
import dev.tutti.config.ServerConfig;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.protocol.Role;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A server on an empty database, for the examples of one page. Guests are let in. */
record ExampleServer(Server server) implements AutoCloseable {
  static final String SECRET = "the examples are signed with this secret";

  static ExampleServer start() throws Exception {
    return start(Map.of());
  }

  /** With more settings, by their variables. */
  static ExampleServer start(Map<String, String> settings) throws Exception {
    return new ExampleServer(Server.start(config(settings)));
  }

  /** A token of Olga, who owns every room. */
  static String token() {
    var tokens = new Tokens(Secret.of(SECRET), TokenRules.DEFAULTS, InstantSource.system());
    return tokens.mint("olga", "Olga", Grants.everywhere(Role.OWNER), Duration.ofMinutes(5));
  }

  int port() {
    return server.address().getPort();
  }

  @Override
  public void close() {
    server.close();
  }

  private static ServerConfig config(Map<String, String> settings) {
    PostgresSettings database = TestPostgres.database();
    var environment = new HashMap<>(settings);
    environment.putAll(
        Map.of(
            "TUTTI_PORT",
            "0",
            "TUTTI_POSTGRES_URL",
            database.jdbcUrl(),
            "TUTTI_POSTGRES_USER",
            database.user(),
            "TUTTI_POSTGRES_PASSWORD",
            database.password(),
            "TUTTI_TOKEN_SECRET",
            SECRET,
            "TUTTI_DRAIN_SECONDS",
            "1"));
    return switch (ServerConfig.conclude(new Given(Map.of(), environment))) {
      case ServerConfig.Conclusion.Concluded(ServerConfig config) -> config;
      case ServerConfig.Conclusion.Refused(var problems) -> throw new AssertionError(problems);
    };
  }
}
