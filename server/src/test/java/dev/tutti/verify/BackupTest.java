package dev.tutti.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tutti.Server;
import dev.tutti.postgres.JournalScan;
import dev.tutti.postgres.PostgresJournal;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.probe.Client;
import dev.tutti.probe.Moves;
import dev.tutti.process.Ports;
import dev.tutti.trouble.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Backups as docs/operating.md describes them, by PostgreSQL's own programs, of a journal that is
 * written to meanwhile. Skipped where they are not installed (Debian: {@code postgresql}).
 */
final class BackupTest {
  private static final String USER = "tutti";

  /** An account without rights, as PostgreSQL does not run as root. */
  private static final String NOBODY = "65534";

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private static Path programs;
  private static Path folder;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    try (Stream<Path> installed = Files.list(Path.of("/usr/lib/postgresql"))) {
      programs =
          installed
              .map(version -> version.resolve("bin"))
              .filter(bin -> Files.isExecutable(bin.resolve("pg_basebackup")))
              .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
              .findFirst()
              .orElse(null);
    } catch (IOException none) {
      programs = null;
    }
    assumeTrue(programs != null, "PostgreSQL's own programs are not installed");
    folder = TestPostgres.folder();
    if (ROOT) {
      Files.setAttribute(folder, "unix:uid", Integer.valueOf(NOBODY));
    }
    run("initdb", "-D", at("cluster"), "-A", "trust", "-U", USER, "-N", "-E", "UTF8");
    port = begin("cluster");
    execute("postgres", "create database tutti");
  }

  @AfterAll
  static void stop() throws Exception {
    if (programs != null) {
      run("pg_ctl", "stop", "-D", at("cluster"), "-m", "immediate");
    }
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  /** Starts a cluster; its port. */
  private static int begin(String cluster) throws Exception {
    int free = Ports.free();
    String options = "-p %d -h 127.0.0.1 -k %s".formatted(free, folder);
    run("pg_ctl", "start", "-w", "-D", at(cluster), "-l", at(cluster + ".log"), "-o", options);
    return free;
  }

  private static void run(String program, String... arguments) throws Exception {
    List<String> words = new ArrayList<>();
    if (ROOT) {
      words.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    words.add(programs.resolve(program).toString());
    words.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    int code =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    assertThat(code).as("%s: %s", words, Files.readString(output)).isZero();
  }

  private static PostgresSettings settings(int at, String database) {
    return PostgresSettings.of("jdbc:postgresql://127.0.0.1:" + at + "/" + database, USER, "");
  }

  private static void execute(String database, String sql) {
    TestPostgres.execute(settings(port, database), sql);
  }

  private static boolean agrees(PostgresSettings database) {
    var out = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    try (JournalScan scan = JournalScan.open(database)) {
      return Verification.of(scan, out);
    }
  }

  private static String epoch(PostgresSettings database) {
    try (PostgresJournal journal = PostgresJournal.open(database)) {
      return journal.epoch().join();
    }
  }

  @Test
  void aDumpAndABaseBackupOfALiveJournalAgreeWithThemselves() throws Exception {
    PostgresSettings live = settings(port, "tutti");
    var accepted = new AtomicInteger();
    try (Server server = TestServer.over(live);
        var client =
            new Client(server.address().getPort(), "Ana", "board:kept", accepted::incrementAndGet)
                .start()) {
      Moves.prepare(client, 10);
      client.writes(4, new Moves(7, 10));
      await().until(() -> accepted.get() > 100);
      run("pg_dump", "-h", "127.0.0.1", "-p", "" + port, "-U", USER, "-Fc", "-f", at("d"), "tutti");
      run(
          "pg_basebackup",
          "-h",
          "127.0.0.1",
          "-p",
          "" + port,
          "-U",
          USER,
          "-D",
          at("copy"),
          "-c",
          "fast");
      int then = accepted.get();
      await().until(() -> accepted.get() > then + 10);
    }
    execute("postgres", "create database restored");
    run("pg_restore", "-h", "127.0.0.1", "-p", "" + port, "-U", USER, "-d", "restored", at("d"));
    PostgresSettings restored = settings(port, "restored");
    int copied = begin("copy");
    try {
      PostgresSettings copy = settings(copied, "tutti");
      for (PostgresSettings each : List.of(live, restored, copy)) {
        assertThat(agrees(each)).isTrue();
        assertThat(Integer.parseInt(TestPostgres.ask(each, "select count(*) from event")))
            .isGreaterThan(100);
      }
      assertThat(epoch(restored)).as("a dump has another life").isNotEqualTo(epoch(live));
      assertThat(epoch(copy)).as("a copy of files has not").isEqualTo(epoch(live));
      TestPostgres.execute(copy, "update journal set id = gen_random_uuid()");
      assertThat(epoch(copy)).as("until it is given one").isNotEqualTo(epoch(live));
    } finally {
      run("pg_ctl", "stop", "-D", at("copy"), "-m", "immediate");
    }
    TestPostgres.execute(
        restored, "delete from event where seq = (select max(seq) - 3 from event)");
    assertThat(agrees(restored)).as("verify finds what a backup lacks").isFalse();
  }
}
