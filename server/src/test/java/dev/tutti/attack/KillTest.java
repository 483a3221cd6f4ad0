package dev.tutti.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.postgres.TestPostgres;
import dev.tutti.postgres.embedded.TestPrograms;
import dev.tutti.probe.Client;
import dev.tutti.probe.Moves;
import dev.tutti.probe.Replay;
import dev.tutti.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * A server process that is killed again and again while people write; {@code -Dtutti.kills=50} of
 * them on request.
 */
class KillTest {
  private static final long SEED = Long.getLong("tutti.kill.seed", 20261122);
  private static final int KILLS = Integer.getInteger("tutti.kills", 5);

  /** One of so many hits a server that has only begun to start. */
  private static final int ONE_EARLY_IN = 5;

  private static final int CLIENTS = 12;
  private static final int ROOMS = 3;
  private static final int TICKETS = 30;
  private static final int WINDOW = 6;

  /** What starts anew is to have some of the machine while the others write. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> OPTIONS =
      List.of("--max-messages-per-second", "100000", "--max-burst", "100000");

  private final Random random = new Random(SEED);
  private final Path data = TestPrograms.linkedInto(TestPostgres.folder().resolve("data"));
  private final List<Client> clients = new ArrayList<>();
  private final List<ProcessHandle> postgres = new ArrayList<>();
  private final AtomicReference<CountDownLatch> accepted =
      new AtomicReference<>(new CountDownLatch(1));
  private long slowestMillis;

  @Test
  void killsLoseNothing() throws Exception {
    int port = Ports.free();
    ServerProcess server = ServerProcess.start(data, port, OPTIONS).awaitReady();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          new Client(port, "client" + i, "board:kill" + i % ROOMS, () -> accepted.get().countDown())
              .start());
    }
    for (int i = 0; i < ROOMS; i++) {
      Moves.prepare(clients.get(i), TICKETS);
    }
    for (Client client : clients) {
      client.writes(WINDOW, PAUSE, new Moves(random.nextLong(), TICKETS));
    }
    for (int kill = 0; kill < KILLS; kill++) {
      awaitAccepted(20 + random.nextInt(200));
      // What was accepted may have been on its way when the one before was killed.
      postgres.add(server.awaitReady().postgres());
      server.kill();
      long killedNanos = System.nanoTime();
      server = ServerProcess.start(data, port, OPTIONS);
      if (kill % ONE_EARLY_IN == 1) {
        server.kill();
        server = ServerProcess.start(data, port, OPTIONS);
      }
      awaitAccepted(1);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNanos);
      slowestMillis = Math.max(slowestMillis, millis);
    }
    awaitAccepted(200);
    postgres.add(server.awaitReady().postgres());
    clients.forEach(client -> client.writes(0, () -> Moves.move("t0", "todo")));
    settle(port);
    assertPromisesKept(port);
    report();
    assertThat(server.terminate()).isZero();
    clients.forEach(Client::close);
    postgres.forEach(left -> await().atMost(LIMIT).until(() -> !ServerProcess.runs(left)));
  }

  private void awaitAccepted(int commands) throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(commands);
    accepted.set(latch);
    assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .as("%d commands are accepted", commands)
        .isTrue();
  }

  private void settle(int port) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          assertThat(clients).allMatch(client -> client.openCommands() == 0);
          for (int i = 0; i < ROOMS; i++) {
            long head = Replay.of(port, "board:kill" + i).head();
            for (int j = i; j < CLIENTS; j += ROOMS) {
              assertThat(clients.get(j).seq()).isEqualTo(head);
            }
          }
        });
  }

  private void assertPromisesKept(int port) throws IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      Replay journal = Replay.of(port, "board:kill" + i);
      for (int j = i; j < CLIENTS; j += ROOMS) {
        differences.addAll(clients.get(j).differences(journal));
      }
    }
    assertThat(differences).as("seed %d", SEED).isEmpty();
  }

  private void report() {
    List<Client.Figures> figures = clients.stream().map(Client::figures).toList();
    System.out.printf(
        "kills %d (and one in %d while starting), commands %d, accepted %d, refused %d, sent again"
            + " %d, connections %d, documents %d, slowest recovery %d ms%n",
        KILLS,
        ONE_EARLY_IN,
        figures.stream().mapToInt(Client.Figures::sent).sum(),
        figures.stream().mapToInt(Client.Figures::accepted).sum(),
        figures.stream().mapToInt(Client.Figures::refused).sum(),
        figures.stream().mapToInt(Client.Figures::resent).sum(),
        figures.stream().mapToInt(Client.Figures::connections).sum(),
        figures.stream().mapToInt(Client.Figures::documents).sum(),
        slowestMillis);
  }
}
