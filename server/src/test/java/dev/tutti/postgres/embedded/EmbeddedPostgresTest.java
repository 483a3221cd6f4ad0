package dev.tutti.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.security.auth.module.UnixSystem;
import dev.tutti.postgres.PostgresRefused;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class EmbeddedPostgresTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Made once: a data directory whose first start is done. */
  private static Path data;

  @BeforeAll
  static void makeTheDatabase() {
    data = TestPostgres.folder();
    try (var first = start(data)) {
      execute(first, "create table note (text text); insert into note values ('kept')");
    }
  }

  @Test
  void whatWasWrittenIsThereAfterAWarmStart() {
    try (var again = start(data)) {
      assertThat(ask(again, "select text from note")).isEqualTo("kept");
    }
  }

  @Test
  void itIsDurableAndListensOnLoopbackBehindAPassword() throws IOException {
    try (var postgres = start(data)) {
      assertThat(ask(postgres, "show fsync")).isEqualTo("on");
      assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(postgres, "show full_page_writes")).isEqualTo("on");
      assertThat(ask(postgres, "show data_checksums")).isEqualTo("on");
      assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guessed"))
          .hasMessageContaining("password authentication failed");
      var permissions = Files.getPosixFilePermissions(data.resolve("password"));
      assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
    }
  }

  @Test
  void aSecondServerOnTheSameDirectoryIsRefused() throws Exception {
    try (var first = start(data)) {
      assertRefusedAsInUse();
      assertThat(ask(first, "select text from note")).isEqualTo("kept");
    }
    var other = ServerProcess.start(data, TestPostgres.programs());
    assertRefusedAsInUse();
    other.kill();
  }

  @Test
  void aKilledServerLeavesNoPostgresBehind() throws Exception {
    var server = ServerProcess.start(data, TestPostgres.programs());
    assertThat(server.postgresRuns()).isTrue();
    server.kill();
    await().atMost(LIMIT).until(() -> !server.postgresRuns());
  }

  @Test
  void afterAKillItStartsAtOnceAndHasEverything() throws Exception {
    for (int i = 0; i < 3; i++) {
      var server = ServerProcess.start(data, TestPostgres.programs());
      server.kill();
      try (var next = start(data)) {
        assertThat(server.postgresRuns()).isFalse();
        assertThat(ask(next, "select text from note")).isEqualTo("kept");
      }
    }
  }

  @Test
  void onePostgresThatIsKilledIsStartedAgainOnItsPort() {
    try (var postgres = start(data)) {
      for (int i = 0; i < 2; i++) {
        long before = postgres.pid();
        execute(postgres, "insert into note values ('before the kill')");
        assertThat(ProcessHandle.of(before).orElseThrow().destroyForcibly()).isTrue();
        await().atMost(LIMIT).until(() -> postgres.pid() != before);
        assertThat(ask(postgres, "select count(*) from note where text like 'before%'"))
            .isEqualTo(Integer.toString(i + 1));
      }
      execute(postgres, "delete from note where text like 'before%'");
    }
  }

  @Test
  void aPostgresThatWasLeftBehindIsStoppedAndNotAttachedTo() throws Exception {
    var server = ServerProcess.start(data, TestPostgres.programs());
    server.killWithGuard();
    assertThat(server.postgresRuns()).isTrue();
    try (var next = start(data)) {
      assertThat(server.postgresRuns()).isFalse();
      assertThat(ask(next, "select text from note")).isEqualTo("kept");
    }
  }

  @Test
  void aNoteOfAProcessThatIsAnotherByNowDoesNotStopIt() throws IOException {
    Path note = data.resolve("postgres").resolve("postmaster.pid");
    Files.writeString(note, ProcessHandle.current().pid() + "\n" + data + "\n1\n1\n\n\n\nready\n");
    try (var postgres = start(data)) {
      assertThat(ask(postgres, "select text from note")).isEqualTo("kept");
    }
  }

  @Test
  void aFirstStartThatWasCutOffIsBegunAgain() throws IOException {
    Path cutOff = TestPrograms.linkedInto(TestPostgres.folder());
    Files.createDirectories(cutOff.resolve("unpacking-1").resolve("bin"));
    Files.createDirectories(cutOff.resolve("initializing-1").resolve("files"));
    Files.writeString(cutOff.resolve("initializing-1/files/PG_VERSION"), "18");
    try (var postgres = EmbeddedPostgres.start(cutOff)) {
      assertThat(ask(postgres, "select 1")).isEqualTo("1");
    }
    assertThat(cutOff.resolve("initializing-1")).doesNotExist();
    assertThat(cutOff.resolve("unpacking-1")).doesNotExist();
  }

  @Test
  void aDirectoryThatItsAccountCannotEnterIsNamed() throws IOException {
    Assumptions.assumeTrue(new UnixSystem().getUid() == 0, "needs root");
    Path closed = Files.createDirectory(TestPostgres.folder().resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    assertThatThrownBy(() -> start(closed.resolve("data")))
        .isInstanceOf(PostgresRefused.class)
        .hasMessageContaining("pass through " + closed.toRealPath() + " (chmod o+x)");
  }

  @Test
  void eachPlatformHasItsOwnPrograms() {
    assertThat(Binaries.resourceOf("Linux", "amd64")).isEqualTo("/postgres-linux-x86_64.txz");
    assertThat(Binaries.resourceOf("Linux", "aarch64")).isEqualTo("/postgres-linux-arm_64.txz");
    assertThat(Binaries.resourceOf("Mac OS X", "aarch64")).isEqualTo("/postgres-darwin-arm_64.txz");
  }

  private static EmbeddedPostgres start(Path folder) {
    return EmbeddedPostgres.start(folder, TestPostgres.programs());
  }

  private static void assertRefusedAsInUse() {
    assertThatThrownBy(() -> start(data))
        .isInstanceOf(PostgresRefused.class)
        .hasMessageContaining("is in use by another server (process")
        .hasMessageEndingWith("): stop that one.");
  }

  private static void execute(EmbeddedPostgres postgres, String sql) {
    TestPostgres.execute(settings(postgres), sql);
  }

  private static String ask(EmbeddedPostgres postgres, String sql) {
    return TestPostgres.ask(settings(postgres), sql);
  }

  private static PostgresSettings settings(EmbeddedPostgres postgres) {
    return PostgresSettings.of(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }
}
