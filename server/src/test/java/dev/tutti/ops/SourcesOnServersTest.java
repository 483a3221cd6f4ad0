package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import dev.tutti.client.Connection;
import dev.tutti.client.Room;
import dev.tutti.client.RoomListener;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.protocol.Event;
import dev.tutti.redis.embedded.TestRedis;
import dev.tutti.sources.BadServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whole servers that ask somebody else, on behalf of those who look at their dashboards. */
class SourcesOnServersTest {
  private static final String SECRET = "unmistakable-credential";
  private static final String SENT = "Bearer " + SECRET;
  private static final String ROOM = "dashboard:ops";
  private static final String POLLS = "tutti_source_polls_total";
  private static final String FAILURES = "tutti_source_failures_total";
  private static final int VIEWERS = 10;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final List<String> TABLES = List.of("room", "event", "snapshot");
  private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final List<Appender<ILoggingEvent>> usual = new ArrayList<>();
  private final Level level = ROOT.getLevel();
  private final List<Observed> servers = new ArrayList<>();
  private final List<Connection> viewers = new ArrayList<>();
  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final PostgresSettings database = TestPostgres.database();
  private BadServer elsewhere;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    elsewhere = new BadServer();
    // All that anybody writes, of whatever library, is kept rather than printed.
    ROOT.iteratorForAppenders().forEachRemaining(usual::add);
    usual.forEach(ROOT::detachAppender);
    lines.start();
    ROOT.addAppender(lines);
  }

  @AfterEach
  void stop() {
    viewers.forEach(Connection::close);
    servers.forEach(Observed::close);
    elsewhere.close();
    ROOT.setLevel(level);
    ROOT.detachAppender(lines);
    usual.forEach(ROOT::addAppender);
  }

  @Test
  void ofTwoInstancesOneAsksForAllViewersAndTheOtherTakesOver() throws Exception {
    try (var redis = TestRedis.started()) {
      Map<String, String> environment = environment(source("weather", "/good", false));
      environment.put("TUTTI_REDIS_URL", redis.url());
      Observed one = serve(environment);
      Observed two = serve(environment);
      adds(one, "weather-degrees", "weather-sky");
      assertThat(elsewhere.askedFor("/good")).as("nobody looks").isZero();
      long beganNanos = System.nanoTime();
      for (int i = 0; i < VIEWERS; i++) {
        opens(i % 2 == 0 ? one : two);
      }
      await().atMost(LIMIT).until(() -> elsewhere.askedFor("/good") >= 3);
      int asked = elsewhere.askedFor("/good");
      Duration passed = Duration.ofNanos(System.nanoTime() - beganNanos);
      assertThat(asked).as("once a second").isLessThanOrEqualTo((int) passed.toSeconds() + 1);
      await().atMost(LIMIT).until(() -> one.samples().get(POLLS) + two.samples().get(POLLS) >= 3);
      Observed asking = one.samples().get(POLLS) > 0 ? one : two;
      Observed other = asking == one ? two : one;
      assertThat(other.samples().get(POLLS)).as("while the other one asks").isZero();
      await()
          .atMost(LIMIT)
          .untilAsserted(() ->
              assertThat(document(other))
                  .contains("\"value\":21.5")
                  .contains("\"text\":\"clear\""));

      servers.remove(asking);
      asking.close();
      await().atMost(LIMIT).until(() -> other.samples().get(POLLS) > 0);
      assertThat(other.samples().get(FAILURES)).isZero();
    }
    assertThat(elsewhere.shown()).containsOnly(SENT);
  }

  @Test
  void aCredentialIsNowhereButInTheQuestion() throws Exception {
    ROOT.setLevel(Level.TRACE);
    Observed server =
        serve(
            environment(
                source("good", "/good", true),
                source("gone", "/good", true),
                source("echo", "/echo", true),
                source("wrong", "/wrong", true),
                source("error", "/error", true),
                source("away", "/away", true),
                source("nobody", "/good", true)
                    .replace(elsewhere.url("/good"), "http://127.0.0.1:1/good")));
    adds(server, "good-degrees", "good-sky", "echo-degrees", "echo-sky");
    opens(server);
    // Each has been asked and has ended: in the log, where something was wrong with it.
    for (String ended : List.of("echo has failed", "wrong has failed", "error has failed")) {
      await().atMost(LIMIT).until(() -> text().contains("The source " + ended));
    }
    for (String ended :
        List.of("source away has failed", "nobody has failed", "gone says is not")) {
      await().atMost(LIMIT).until(() -> text().contains(ended));
    }
    await().atMost(LIMIT).until(() -> document(server).contains("\"text\":\"clear\""));
    await().atMost(LIMIT).until(() -> seen.size() >= 2);
    assertThat(elsewhere.shown()).hasSizeGreaterThanOrEqualTo(6).containsOnly(SENT);
    assertThat(server.metrics().body()).contains(POLLS).doesNotContain(SECRET);
    assertThat(document(server)).doesNotContain(SECRET);
    assertThat(seen.toString()).contains("21.5").doesNotContain(SECRET);
    assertThat(server.get("/v1/rooms/" + ROOM + "/export").body())
        .contains("21.5")
        .doesNotContain(SECRET);
    servers.remove(server);
    server.close();
    assertThat(stored()).contains("21.5").doesNotContain(SECRET);
    assertThat(text())
        .contains("The source echo has failed: it answers a credential")
        .contains("The source nobody has failed: it cannot be connected to.")
        .doesNotContain(SECRET)
        .doesNotContain(elsewhere.url("/"));
  }

  /** A source with two widgets of its own. */
  private String source(String name, String path, boolean always) {
    return """
    {"name": "NAME", "url": "%s", "seconds": 1, "always": %s,
     "headers": {"Authorization": {"env": "CREDENTIAL", "prefix": "Bearer "}},
     "read": [{"pointer": "/now/degrees", "room": "dashboard:ops", "widget": "NAME-degrees"},
              {"pointer": "/now/sky", "room": "dashboard:ops", "widget": "NAME-sky"}]}
    """
        .replace("NAME", name)
        .formatted(elsewhere.url(path), always);
  }

  private Map<String, String> environment(String... sources) throws Exception {
    String text =
        "{\"allow\":[\"127.0.0.1\"],\"sources\":[%s]}".formatted(String.join(",", sources));
    Path file = Files.writeString(folder.resolve("sources.json"), text);
    return new HashMap<>(Map.of("TUTTI_SOURCES", file.toString(), "CREDENTIAL", SECRET));
  }

  private Observed serve(Map<String, String> environment) {
    Observed server = Observed.over(database, environment);
    servers.add(server);
    return server;
  }

  private static void adds(Observed server, String... widgets) throws Exception {
    for (String widget : widgets) {
      String args = "{\"widget\":\"%s\",\"kind\":\"status\",\"title\":\"T\"}".formatted(widget);
      assertThat(server.command(ROOM, UUID.randomUUID(), "widget.add", args)).isEqualTo(200);
    }
  }

  private void opens(Observed server) {
    Connection connection = Connection.to(server.at("/v1/ws").toString()).name("Ana").connect();
    viewers.add(connection);
    Room room = connection.room(ROOM);
    room.listen(
        new RoomListener() {
          @Override
          public void happened(Event event) {
            if (event.name().equals("values.set")) {
              seen.add(event);
            }
          }
        });
    room.ready().join();
  }

  private static String document(Observed server) throws Exception {
    return server.get("/v1/rooms/" + ROOM).body();
  }

  /** All that PostgreSQL has, as text. */
  private String stored() throws SQLException {
    StringBuilder all = new StringBuilder();
    try (var connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        try (ResultSet rows = statement.executeQuery("select t::text from " + table + " t")) {
          while (rows.next()) {
            all.append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return all.toString();
  }

  /** All that was logged. */
  private String text() {
    return List.copyOf(lines.list).stream()
        .map(line ->
            line.getFormattedMessage() + ThrowableProxyUtil.asString(line.getThrowableProxy()))
        .collect(Collectors.joining("\n"));
  }
}
