package dev.tutti.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.security.auth.module.UnixSystem;
import dev.tutti.Server;
import dev.tutti.fault.Proxy;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.postgres.embedded.EmbeddedPostgres;
import dev.tutti.probe.Client;
import dev.tutti.trouble.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server whose PostgreSQL is cut off, killed, filled up and replaced while people write. */
class PostgresTroubleTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MARK = "tickets";

  /** Its ten seconds go by while other tests run. */
  private static Shortage shortage;

  @BeforeAll
  static void begin() {
    shortage = Shortage.begin();
  }

  @AfterAll
  static void end() {
    shortage.close();
  }

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
    for (Shortage.Answer answer : shortage.answers()) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("\"unavailable\"");
      assertThat(answer.waited()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(16));
    }
    assertThat(shortage.complaints())
        .anyMatch(line -> line.contains("could not be read: FATAL: too many connections"));
    shortage.end();
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(shortage.again()).extracting(Shortage.Answer::status).containsOnly(200));
    assertThat(shortage.heads()).containsExactly(1L, 1L);
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
