package dev.tutti.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.security.auth.module.UnixSystem;
import dev.tutti.Server;
import dev.tutti.fault.Proxy;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.postgres.embedded.EmbeddedPostgres;
import dev.tutti.probe.Client;
import dev.tutti.probe.Replay;
import dev.tutti.trouble.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A server whose PostgreSQL is cut off, killed, filled up and replaced while people write. */
class PostgresTroubleTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MARK = "tickets";

  @Test
  void connectionsCutAroundTheCommitLoseAndRepeatNothing() throws Exception {
    PostgresSettings database = TestPostgres.database();
    try (Proxy proxy = Proxy.before(TestServer.port(database));
        Server server = TestServer.over(database, proxy.port());
        Crowd crowd = crowd("board:cut", server)) {
      writeSome(crowd);
      proxy.cutAtAnswersTo(MARK, 8);
      await().atMost(LIMIT).until(() -> proxy.cutsLeft() == 0);
      proxy.cutAtRequestsOf(MARK, 8);
      await().atMost(LIMIT).until(() -> proxy.cutsLeft() == 0);
      writeSome(crowd);
      assertThat(crowd.check(port(server))).isEmpty();
    }
  }

  @Test
  void aRestartAndAKillOfPostgresLoseNothing() throws Exception {
    try (EmbeddedPostgres postgres = start(TestPostgres.folder());
        Server server = TestServer.over(settings(postgres));
        Crowd crowd = crowd("board:killed", server)) {
      for (String signal : List.of("KILL", "INT")) {
        writeSome(crowd);
        long before = postgres.pid();
        signal(before, signal);
        await().atMost(LIMIT).until(() -> postgres.pid() != before);
        writeSome(crowd);
        assertThat(crowd.check(port(server))).isEmpty();
      }
    }
  }

  @Test
  void whileNoConnectionIsToBeHadCommandsAreUnavailableAfterTenSeconds() throws Exception {
    PostgresSettings database = TestPostgres.database();
    PostgresSettings limited = TestPostgres.ownedBy("crowded");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger outage = (Logger) LoggerFactory.getLogger("dev.tutti.room.Outage");
    lines.start();
    outage.addAppender(lines);
    // A simulated fleet keeps the rooms silent, in the same JVM.
    outage.setLevel(Level.WARN);
    try (Proxy silent = Proxy.before(TestServer.port(database));
        Proxy crowded = Proxy.before(TestServer.port(database));
        Server unanswered = TestServer.over(database, silent.port());
        Server exhausted = TestServer.over(limited, crowded.port())) {
      String command = column(UUID.randomUUID());
      String other = column(UUID.randomUUID());
      silent.freeze();
      // The server answers "too many connections", and those that there were are gone.
      TestPostgres.execute(database, "alter role crowded connection limit 0");
      crowded.cut();
      var first = post(unanswered, "board:silent", command);
      var second = post(exhausted, "board:crowded", other);
      long begunNanos = System.nanoTime();
      for (var answer : List.of(first, second)) {
        assertThat(answer.join().statusCode()).isEqualTo(503);
        assertThat(answer.join().body()).contains("\"unavailable\"");
        Duration waited = Duration.ofNanos(System.nanoTime() - begunNanos);
        assertThat(waited).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(16));
      }
      assertThat(List.copyOf(lines.list))
          .extracting(ILoggingEvent::getFormattedMessage)
          .anyMatch(line -> line.contains("could not be read: FATAL: too many connections"));
      silent.thaw();
      TestPostgres.execute(database, "alter role crowded connection limit -1");
      assertAccepted(unanswered, "board:silent", command);
      assertAccepted(exhausted, "board:crowded", other);
      assertThat(Replay.of(port(unanswered), "board:silent").head()).isEqualTo(1);
      assertThat(Replay.of(port(exhausted), "board:crowded").head()).isEqualTo(1);
    } finally {
      outage.detachAppender(lines);
      outage.setLevel(null);
    }
  }

  @Test
  void anErrorInTheDriverEndsNoLane() throws Exception {
    PostgresSettings plain = TestPostgres.database();
    PostgresSettings database =
        PostgresSettings.of(
            plain.jdbcUrl() + "?socketFactory=" + ErrorSockets.class.getName(),
            plain.user(),
            plain.password());
    try (Server server = TestServer.over(database, TestServer.port(plain));
        Crowd crowd = crowd("board:error", server)) {
      writeSome(crowd);
      ErrorSockets.ERRORS.set(4);
      await().atMost(LIMIT).until(() -> ErrorSockets.ERRORS.get() == 0);
      writeSome(crowd);
      assertThat(crowd.check(port(server))).isEmpty();
    }
  }

  @Test
  void aFullDiskRefusesAndAcceptsAgainWhenThereIsRoom() throws Exception {
    Path folder = Files.createDirectories(TestPostgres.folder().resolve("small"));
    Assumptions.assumeTrue(
        new UnixSystem().getUid() == 0
            && run("mount", "-t", "tmpfs", "-o", "size=192m,mode=755", "tmpfs", "" + folder) == 0,
        "needs to mount a small file system");
    try (EmbeddedPostgres postgres = start(folder);
        Server server = TestServer.over(settings(postgres));
        Crowd crowd = crowd("board:full", server)) {
      writeSome(crowd);
      Path filler = folder.resolve("filler");
      run("dd", "if=/dev/zero", "of=" + filler, "bs=64k");
      await().atMost(LIMIT).until(() -> standsStill(crowd));
      Files.delete(filler);
      writeSome(crowd);
      assertThat(crowd.check(port(server))).isEmpty();
    } finally {
      run("umount", "-l", "" + folder);
    }
  }

  @Test
  void afterAFailoverEveryClientIsResetToTheNewServersJournal() throws Exception {
    Path data = TestPostgres.folder();
    Path spare = TestPostgres.folder();
    try (EmbeddedPostgres first = start(data);
        Proxy proxy = Proxy.before(first.port());
        Server server = TestServer.over(settings(first), proxy.port());
        Crowd crowd = crowd("board:failover", server)) {
      writeSome(crowd);
      copyAt(settings(first), data, spare);
      writeSome(crowd); // The tail that the new server does not have.
      try (EmbeddedPostgres second = start(spare)) {
        // It takes connections while it still recovers, and asks of its journal are not for then.
        await()
            .atMost(LIMIT)
            .until(
                () -> TestPostgres.ask(settings(second), "select pg_is_in_recovery()").equals("f"));
        assertThat(
                TestPostgres.ask(settings(second), "select pg_walfile_name(pg_current_wal_lsn())"))
            .startsWith("00000002");
        int before = crowd.figures().stream().mapToInt(Client.Figures::documents).min().orElse(0);
        proxy.leadTo(second.port());
        proxy.cut();
        await()
            .atMost(LIMIT)
            .until(() -> crowd.figures().stream().allMatch(f -> f.documents() > before));
        writeSome(crowd);
        // The tail is gone, and other events have its numbers. Nothing else may be amiss.
        assertThat(crowd.check(port(server)))
            .allMatch(what ->
                what.startsWith("NOTHING_ACCEPTED_IS_LOST") || what.startsWith("ONE_ORDER"));
      }
    }
  }

  /** A base backup, which becomes a server of its own, on a new timeline, when it starts. */
  private static void copyAt(PostgresSettings primary, Path from, Path to) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(primary.jdbcUrl(), primary.user(), primary.password());
        var statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('copy', true)");
      run("cp", "-a", "" + from.resolve("postgres"), "" + to.resolve("postgres"));
      run("cp", "-a", "" + from.resolve("password"), "" + to.resolve("password"));
      Path files = to.resolve("postgres");
      Files.delete(files.resolve("postmaster.pid"));
      try (var row = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
        row.next();
        Files.writeString(files.resolve("backup_label"), row.getString(1));
      }
      Files.writeString(files.resolve("recovery.signal"), "");
      Files.writeString(
          files.resolve("postgresql.auto.conf"),
          "restore_command = 'cp %s/%%f %%p'%nrecovery_target = 'immediate'%nrecovery_target_action = 'promote'%n"
              .formatted(from.resolve("postgres/pg_wal")));
      run("chown", "-R", "--reference=" + files.resolve("base"), "" + files);
    }
  }

  private static boolean standsStill(Crowd crowd) {
    long before = crowd.accepted();
    return !Bed.becomes(() -> crowd.accepted() > before, Duration.ofSeconds(2));
  }

  private static String column(UUID key) {
    return "{\"key\":\"%s\",\"name\":\"column.add\",\"args\":{\"column\":\"c\",\"title\":\"C\"}}"
        .formatted(key);
  }

  private static CompletableFuture<HttpResponse<String>> post(
      Server server, String room, String body) {
    URI address = URI.create(server.url() + "/v1/rooms/" + room + "/commands");
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    return HTTP.sendAsync(request, BodyHandlers.ofString());
  }

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static void assertAccepted(Server server, String room, String command) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          var answer = post(server, room, command).join();
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        });
  }

  private static Crowd crowd(String room, Server server) {
    return new Crowd(List.of(room), 4, List.of(port(server)), new Random(7));
  }

  private static void writeSome(Crowd crowd) {
    long enough = crowd.accepted() + 100;
    crowd.write();
    await().atMost(LIMIT).until(() -> crowd.accepted() >= enough);
  }

  private static int port(Server server) {
    return server.address().getPort();
  }

  private static EmbeddedPostgres start(Path folder) {
    TestPostgres.database(); // Has the programs unpacked.
    return EmbeddedPostgres.start(folder, TestPostgres.programs());
  }

  private static PostgresSettings settings(EmbeddedPostgres postgres) {
    return PostgresSettings.of(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private static void signal(long pid, String name) throws Exception {
    assertThat(run("kill", "-" + name, Long.toString(pid))).isZero();
  }

  private static int run(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
