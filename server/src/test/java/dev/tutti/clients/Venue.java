package dev.tutti.clients;

import dev.tutti.Server;
import dev.tutti.auth.Grants;
import dev.tutti.auth.Secret;
import dev.tutti.auth.TokenRules;
import dev.tutti.auth.Tokens;
import dev.tutti.config.Given;
import dev.tutti.config.ServerConfig;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.protocol.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server in this JVM, and an owner of everything who speaks HTTP to it. */
record Venue(Server server) implements AutoCloseable {
  private static final String SECRET = "the stories are signed with this secret";
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Over a database, with more settings by their variables. */
  static Venue over(PostgresSettings database, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("TUTTI_PORT", "0");
    all.put("TUTTI_LOOPS", "1");
    all.put("TUTTI_POSTGRES_URL", database.jdbcUrl());
    all.put("TUTTI_POSTGRES_USER", database.user());
    all.put("TUTTI_POSTGRES_PASSWORD", database.password());
    all.put("TUTTI_TOKEN_SECRET", SECRET);
    all.putIfAbsent("TUTTI_HEAL_MILLIS", "200");
    all.put("TUTTI_DRAIN_SECONDS", "5");
    return switch (ServerConfig.conclude(new Given(Map.of(), all))) {
      case ServerConfig.Conclusion.Concluded(ServerConfig config) ->
          new Venue(Server.start(config));
      case ServerConfig.Conclusion.Refused(var problems) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }

  static String token(String user, Role role) {
    return token(user, role, Duration.ofMinutes(5));
  }

  static String token(String user, Role role, Duration life) {
    var tokens = new Tokens(Secret.of(SECRET), TokenRules.DEFAULTS, InstantSource.system());
    return tokens.mint(user, user, Grants.everywhere(role), life);
  }

  int port() {
    return server.address().getPort();
  }

  /** What is in the room. */
  JsonNode document(String room) throws IOException, InterruptedException {
    return ask("GET", "/v1/rooms/" + room, "").path("document");
  }

  /** A page of its events. */
  JsonNode events(String room, long after) throws IOException, InterruptedException {
    return ask("GET", "/v1/rooms/" + room + "/events?limit=200&after=" + after, "").path("events");
  }

  /** The owner does something; it must be accepted. */
  void does(String room, String name, String args) throws IOException, InterruptedException {
    String body =
        "{\"key\":\"%s\",\"name\":\"%s\",\"args\":%s}".formatted(UUID.randomUUID(), name, args);
    JsonNode answer = ask("POST", "/v1/rooms/" + room + "/commands", body);
    if (!answer.path("type").asString("").equals("accepted")) {
      throw new AssertionError(name + " " + args + ": " + answer);
    }
  }

  /** How many have been refused with this code. */
  double refused(String code) throws IOException, InterruptedException {
    return say("GET", "/metrics", "")
        .lines()
        .filter(line -> line.startsWith("tutti_refused_total{code=\"" + code + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private JsonNode ask(String method, String path, String body)
      throws IOException, InterruptedException {
    return JSON.readTree(say(method, path, body));
  }

  private String say(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token("olga", Role.OWNER))
            .build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    server.close();
  }
}
