package dev.tutti.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.client.Connection;
import dev.tutti.client.Status;
import dev.tutti.fault.Proxy;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.protocol.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Java client has waiting in its file outlives the process. */
class OutboxFileTest {
  private static final int TICKETS = 20;

  private static Venue venue;

  private final String room = "board:outbox-" + UUID.randomUUID();
  private Path file;

  @BeforeAll
  static void open() {
    venue = Venue.over(TestPostgres.database(), Map.of());
  }

  @AfterAll
  static void close() {
    venue.close();
  }

  @BeforeEach
  void aColumnAndAFile(@TempDir Path folder) throws Exception {
    file = folder.resolve("outbox");
    venue.does(room, "column.add", "{\"column\":\"todo\",\"title\":\"To do\"}");
  }

  @Test
  void whatAKilledProcessHadWaitingIsSentByTheNextOnceAndInOrder() throws Exception {
    leaveWaiting();
    Path copy = Files.copy(file, file.resolveSibling("copy"));
    assertThat(drain(file)).isEqualTo(TICKETS);
    assertThat(titles()).isEqualTo(wanted());
    assertThat(drain(file)).as("nothing is left in the file").isZero();
    // As after a crash between the server's answer and its note in the file.
    assertThat(drain(copy)).isEqualTo(TICKETS);
    assertThat(titles()).isEqualTo(wanted());
  }

  @Test
  void aLineThatAProcessDiedInIsPassedOver() throws Exception {
    leaveWaiting();
    Files.writeString(
        file,
        "{\"line\":\"added\",\"room\":\"boa",
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
    assertThat(drain(file)).isEqualTo(TICKETS);
    assertThat(titles()).isEqualTo(wanted());
  }

  @Test
  void whatIsClosedWithoutAnAnswerWaitsForTheNextOne() throws Exception {
    try (Proxy proxy = Proxy.before(venue.port())) {
      proxy.refuse();
      try (Connection offline = connect(proxy.port(), file)) {
        offline.room(room).send("ticket.add", Map.of("column", "todo", "title", "Ticket 1"));
      }
    }
    assertThat(drain(file)).isEqualTo(1);
    assertThat(titles()).containsExactly("Ticket 1");
  }

  @Test
  void aGuestIsTheSameInTheNextProcess() {
    String user;
    try (Connection first = connect(venue.port(), file)) {
      until(() -> first.user().isPresent());
      user = first.user().orElseThrow();
    }
    try (Connection second = connect(venue.port(), file)) {
      until(() -> second.user().isPresent());
      assertThat(second.user()).contains(user);
    }
  }

  @Test
  void usersWhoShareAFileNeitherSeeNorSendEachOthers() throws Exception {
    try (Proxy proxy = Proxy.before(venue.port());
        Connection olga = as("olga", proxy.port())) {
      until(() -> olga.status().state() == Status.State.SAVED);
      proxy.refuse();
      until(() -> olga.status().state() == Status.State.OFFLINE);
      olga.room(room).send("ticket.add", Map.of("column", "todo", "title", "Olga's"));
    }
    try (Connection bo = as("bo", venue.port())) {
      assertThat(bo.status().waiting()).isZero();
      assertThat(bo.room(room).pending()).isEmpty();
      bo.room(room).send("ticket.add", Map.of("column", "todo", "title", "Bo's")).join();
    }
    assertThat(titles()).containsExactly("Bo's");
    try (Connection _ = as("olga", venue.port())) {
      until(() -> titles().equals(List.of("Bo's", "Olga's")));
    }
  }

  private Connection as(String user, int port) {
    return Connection.to("ws://127.0.0.1:" + port + "/v1/ws")
        .token(Venue.token(user, Role.EDITOR))
        .outbox(file)
        .connect();
  }

  @Test
  void oneFileIsForOneClientAtATime() {
    try (Connection _ = connect(venue.port(), file)) {
      assertThatThrownBy(() -> connect(venue.port(), file))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("is used by another client");
    }
  }

  /** A process adds tickets offline and is killed. */
  private void leaveWaiting() throws IOException, InterruptedException {
    try (Proxy proxy = Proxy.before(venue.port())) {
      proxy.refuse();
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  OfflineProgram.class.getName(),
                  "ws://127.0.0.1:" + proxy.port() + "/v1/ws",
                  file.toString(),
                  room,
                  Integer.toString(TICKETS))
              .redirectErrorStream(true)
              .start();
      try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
        assertThat(said.readLine()).isEqualTo(TICKETS + " waiting");
      } finally {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  /** A new client sends what is in a file; how much that was before any of it could be sent. */
  private static int drain(Path from) {
    try (Proxy proxy = Proxy.before(venue.port())) {
      proxy.refuse();
      return drain(from, proxy);
    }
  }

  private static int drain(Path from, Proxy proxy) {
    try (Connection next = connect(proxy.port(), from)) {
      int waiting = next.status().waiting();
      proxy.admit();
      next.tryNow();
      until(() -> next.status().state() == Status.State.SAVED);
      return waiting;
    }
  }

  private static Connection connect(int port, Path outbox) {
    return Connection.to("ws://127.0.0.1:" + port + "/v1/ws").name("Ana").outbox(outbox).connect();
  }

  /** Of the tickets, in the order of the journal. */
  private List<String> titles() throws IOException, InterruptedException {
    return StreamSupport.stream(venue.events(room, 1).spliterator(), false)
        .map(event -> event.path("patch").path("tickets"))
        .map(tickets -> tickets.iterator().next().path("title").asString())
        .toList();
  }

  private static List<String> wanted() {
    return IntStream.rangeClosed(1, TICKETS).mapToObj(i -> "Ticket " + i).toList();
  }

  private static void until(Callable<Boolean> condition) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(5))
        .until(condition);
  }
}
