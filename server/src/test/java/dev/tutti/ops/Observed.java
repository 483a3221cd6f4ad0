package dev.tutti.ops;

import dev.tutti.Server;
import dev.tutti.config.Given;
import dev.tutti.config.ServerConfig;
import dev.tutti.config.ServerConfig.Conclusion;
import dev.tutti.config.Setting;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A whole server in this JVM, looked at over HTTP. */
final class Observed implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Server server;

  private Observed(Server server) {
    this.server = server;
  }

  /** A server with these variables. */
  static Observed with(Map<String, String> environment) {
    return over(TestPostgres.database(), environment);
  }

  /** The same over a journal that others may use too. */
  static Observed over(PostgresSettings database, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("TUTTI_PORT", "0");
    all.put("TUTTI_DRAIN_SECONDS", "1");
    all.put("TUTTI_ACCEPT_VOLATILE_POSTGRES", "true");
    all.put("TUTTI_DATA", TestPostgres.folder().toString());
    all.put("TUTTI_POSTGRES_URL", database.jdbcUrl().substring("jdbc:".length()));
    all.put("TUTTI_POSTGRES_USER", database.user());
    all.put("TUTTI_POSTGRES_PASSWORD", database.password());
    return switch (ServerConfig.conclude(new Given(Map.<Setting, List<String>>of(), all))) {
      case Conclusion.Concluded(ServerConfig config) -> new Observed(Server.start(config));
      case Conclusion.Refused(List<String> problems) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }

  URI at(String path) {
    return URI.create(server.url() + path);
  }

  /** Sends a command over HTTP; the status of the answer. */
  int command(String room, UUID key, String name, String args)
      throws IOException, InterruptedException {
    String body = "{\"key\":\"%s\",\"name\":\"%s\",\"args\":%s}".formatted(key, name, args);
    HttpRequest request =
        HttpRequest.newBuilder(at("/v1/rooms/" + room + "/commands"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  HttpResponse<String> metrics(String... headers) throws IOException, InterruptedException {
    return get("/metrics", headers);
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** Every sample, by its name and labels as they are written. */
  Map<String, Double> samples() throws IOException, InterruptedException {
    return metrics()
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.lastIndexOf(' ')),
                line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
  }

  HttpClient http() {
    return http;
  }

  @Override
  public void close() {
    // Its close waits for ever for WebSockets that are open.
    http.shutdownNow();
    server.close();
  }
}
