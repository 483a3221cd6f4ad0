package dev.tutti.attack;

import dev.tutti.Server;
import dev.tutti.config.Given;
import dev.tutti.config.ServerConfig;
import dev.tutti.config.ServerConfig.Conclusion;
import dev.tutti.config.Setting;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.probe.Client;
import dev.tutti.probe.Moves;
import dev.tutti.probe.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A whole server in this JVM with one event loop, so that whoever disturbs it disturbs everyone,
 * and a bystander on it.
 */
final class Attacked implements AutoCloseable {
  static final String ROOM = "board:attacked";

  /** Signs the tokens of these tests. */
  static final String SECRET = "a-secret-of-the-attack-tests-0123456789";

  private static final int TICKETS = 10;
  private static final int ANSWER_SECONDS = 20;

  final Server server;
  private final Client bystander;
  private int column;

  private Attacked(Server server) {
    this.server = server;
    this.bystander = new Client(port(), "Bystander", ROOM, () -> {}).start();
    Moves.prepare(bystander, TICKETS);
  }

  /** A server with these options. */
  static Attacked with(Map<String, String> options) {
    PostgresSettings database = TestPostgres.database();
    Map<String, String> all = new HashMap<>(options);
    all.put("--postgres-url", database.jdbcUrl().substring("jdbc:".length()));
    all.put("--postgres-user", database.user());
    all.put("--data", TestPostgres.folder().toString());
    return new Attacked(
        Server.start(config(all, Map.of("TUTTI_POSTGRES_PASSWORD", database.password()))));
  }

  static ServerConfig config(Map<String, String> options) {
    return config(options, Map.of());
  }

  private static ServerConfig config(Map<String, String> options, Map<String, String> secrets) {
    Map<Setting, List<String>> given = new HashMap<>();
    for (Setting setting : Setting.values()) {
      setting
          .option()
          .filter(options::containsKey)
          .ifPresent(option -> given.put(setting, List.of(options.get(option))));
    }
    given.putIfAbsent(Setting.PORT, List.of("0"));
    given.putIfAbsent(Setting.LOOPS, List.of("1"));
    given.putIfAbsent(Setting.DRAIN, List.of("1"));
    given.putIfAbsent(Setting.ACCEPT_VOLATILE_POSTGRES, List.of("true"));
    Map<String, String> environment = new HashMap<>(secrets);
    environment.put("TUTTI_TOKEN_SECRET", SECRET);
    return switch (ServerConfig.conclude(new Given(given, environment))) {
      case Conclusion.Concluded(ServerConfig config) -> config;
      case Conclusion.Refused(List<String> problems) ->
          throw new IllegalArgumentException(problems.toString());
    };
  }

  int port() {
    return server.address().getPort();
  }

  /** A raw socket behind its handshake. */
  RawSocket socket() throws IOException {
    return RawSocket.open(port(), "tutti.v1.json", false);
  }

  /** A raw socket that has said hello. */
  RawSocket guest(String name) throws IOException {
    RawSocket socket = socket();
    socket.hello(name);
    return socket;
  }

  /** The bystander works on, and is answered. */
  void bystanderGoesOn() {
    column++;
    var answer =
        bystander
            .send(Moves.move("t" + column % TICKETS, column % 20 < 10 ? "doing" : "todo"))
            .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
            .join();
    if (!answer.path("type").stringValue("").equals("accepted")) {
      throw new AssertionError(answer.toString());
    }
  }

  /** The bystander writes that many characters, other ones each time, at some tickets at once. */
  void edit(int from, int edits, int chars) {
    CompletableFuture.allOf(
            IntStream.range(from, from + edits)
                .mapToObj(number -> LimitsTest.edit(number % TICKETS, number + "x".repeat(chars)))
                .map(bystander::send)
                .toArray(CompletableFuture[]::new))
        .join();
  }

  /**
   * A sample of {@code /metrics}, by its name and labels as they are written; 0 if there is none.
   */
  double sample(String name) throws IOException {
    return sample(port(), name);
  }

  /** The same of any server of this machine. */
  static double sample(int port, String name) throws IOException {
    return sample("127.0.0.1:" + port, name);
  }

  /** The same of a server at another address of this machine. */
  static double sample(String at, String name) throws IOException {
    var metrics = URI.create("http://" + at + "/metrics").toURL();
    try (InputStream in = metrics.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElse(0);
    }
  }

  /** The last event of the bystander's room. */
  long head() {
    return bystander.seq();
  }

  /** The bystander was never disconnected, and holds what the journal holds. */
  void bystanderNoticedNothing() throws IOException, InterruptedException {
    bystanderGoesOn();
    List<String> differences = bystander.differences(Replay.of(port(), ROOM));
    if (!differences.isEmpty() || bystander.figures().connections() != 1) {
      throw new AssertionError(differences + " " + bystander.figures());
    }
  }

  @Override
  public void close() {
    bystander.close();
    server.close();
  }
}
