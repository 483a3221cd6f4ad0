package dev.tutti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.config.CannotStart;
import dev.tutti.postgres.PostgresJournal;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.trouble.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FailedStartTest {
  @Test
  void aStartThatFailsInTheMiddleLetsGoOfWhatItHadOpenedAndSaysWhy() {
    PostgresSettings database = TestPostgres.database();
    PostgresJournal.open(database).close();
    TestPostgres.execute(database, "alter table journal rename fleet_secret to gone");
    Set<Thread> before = ours();
    assertThatThrownBy(
            () -> TestServer.over(database, "redis://127.0.0.1:25000", InstantSource.system()))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("column \"fleet_secret\" does not exist");
    await().until(() -> before.containsAll(ours()));
  }

  @Test
  void aPortInUseIsToldBeforeAPostgresqlIsMade() throws IOException {
    Path data = TestPostgres.folder();
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Server.start(TestServer.onItsOwn(data, other.getLocalPort())))
          .isInstanceOf(CannotStart.class)
          .hasMessage("Port " + other.getLocalPort() + " of 127.0.0.1 cannot be listened on.");
    }
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void aFolderInUseIsToldOnceAndSoIsWhatToDo() throws IOException {
    Path data = TestPostgres.folder();
    try (var file =
            FileChannel.open(
                data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = file.lock()) {
      assertThatThrownBy(() -> Server.start(TestServer.onItsOwn(data, 0)))
          .isInstanceOfSatisfying(
              CannotStart.class,
              told ->
                  assertThat(told.getMessage() + " " + told.hint())
                      .contains("is in use by another server (process unknown): stop that one.")
                      .containsOnlyOnce("another folder")
                      .containsOnlyOnce("--data"));
    }
  }

  /** What carries an instance. */
  private static Set<Thread> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(loop|journal-(lane|reader)).*"))
        .collect(Collectors.toSet());
  }
}
