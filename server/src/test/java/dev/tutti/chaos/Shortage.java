package dev.tutti.chaos;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tutti.Server;
import dev.tutti.fault.Proxy;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.probe.Replay;
import dev.tutti.trouble.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * Two servers, each with a command that waits: PostgreSQL does not answer the one, and refuses the
 * other's connections.
 */
final class Shortage implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Logger OUTAGE = (Logger) LoggerFactory.getLogger("dev.tutti.room.Outage");
  private static final List<String> ROOMS = List.of("board:silent", "board:crowded");

  private final PostgresSettings database = TestPostgres.database();
  private final PostgresSettings limited = TestPostgres.ownedBy("crowded");
  private final Proxy silent = Proxy.before(TestServer.port(database));
  private final Proxy crowded = Proxy.before(TestServer.port(database));
  private final List<Server> servers =
      List.of(TestServer.over(database, silent.port()), TestServer.over(limited, crowded.port()));
  private final List<String> commands = List.of(column(), column());
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final List<CompletableFuture<Answer>> answers;

  /** How a command was answered, and how long that took. */
  record Answer(int status, String body, Duration waited) {}

  private Shortage() {
    lines.start();
    OUTAGE.addAppender(lines);
    // A simulated fleet keeps the rooms silent, in the same JVM.
    OUTAGE.setLevel(Level.WARN);
    silent.freeze();
    // The server answers "too many connections", and those that there were are gone.
    TestPostgres.execute(database, "alter role crowded connection limit 0");
    crowded.cut();
    answers = post();
  }

  static Shortage begin() {
    return new Shortage();
  }

  private static String column() {
    return "{\"key\":\"%s\",\"name\":\"column.add\",\"args\":{\"column\":\"c\",\"title\":\"C\"}}"
        .formatted(UUID.randomUUID());
  }

  private List<CompletableFuture<Answer>> post() {
    return List.of(post(0), post(1));
  }

  private CompletableFuture<Answer> post(int which) {
    URI address =
        URI.create(servers.get(which).url() + "/v1/rooms/" + ROOMS.get(which) + "/commands");
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(commands.get(which)))
            .build();
    long begunNanos = System.nanoTime();
    return HTTP.sendAsync(request, BodyHandlers.ofString())
        .thenApply(answer ->
            new Answer(
                answer.statusCode(),
                answer.body(),
                Duration.ofNanos(System.nanoTime() - begunNanos)));
  }

  /** Waits until both are answered. */
  List<Answer> answers() {
    return answers.stream().map(CompletableFuture::join).toList();
  }

  /** The same commands, sent again. */
  List<Answer> again() {
    return post().stream().map(CompletableFuture::join).toList();
  }

  /** What the log has said. */
  List<String> complaints() {
    return List.copyOf(lines.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** PostgreSQL answers again, and lets in. */
  void end() {
    silent.thaw();
    TestPostgres.execute(database, "alter role crowded connection limit -1");
  }

  /** The last event of each room. */
  List<Long> heads() throws IOException, InterruptedException {
    return List.of(head(0), head(1));
  }

  private long head(int which) throws IOException, InterruptedException {
    return Replay.of(servers.get(which).address().getPort(), ROOMS.get(which)).head();
  }

  @Override
  public void close() {
    OUTAGE.detachAppender(lines);
    OUTAGE.setLevel(null);
    end();
    servers.forEach(Server::close);
    silent.close();
    crowded.close();
  }
}
