package dev.tutti.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.Server;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.probe.Client;
import dev.tutti.probe.Moves;
import dev.tutti.probe.Replay;
import dev.tutti.redis.embedded.TestRedis;
import dev.tutti.trouble.TestServer;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens in a room, over two servers and a real Redis that stands still for a while. */
final class EventsOverRedisTest {
  private static final String ROOM = "board:frozen";
  private static final int TICKETS = 4;

  private final TestRedis redis = TestRedis.started();
  private final Server first;
  private final Server second;
  private final Client ana;
  private final Client bo;

  EventsOverRedisTest() {
    var database = TestPostgres.database().acceptingVolatile();
    first = TestServer.healingAfterTrouble(database, redis.url());
    second = TestServer.healingAfterTrouble(database, redis.url());
    ana = new Client(first.address().getPort(), "ana", ROOM, () -> {}).start();
    bo = new Client(second.address().getPort(), "bo", ROOM, () -> {}).start();
  }

  @AfterEach
  void stop() {
    ana.close();
    bo.close();
    first.close();
    second.close();
    redis.close();
  }

  private static void until(Callable<Boolean> condition) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(condition);
  }

  private static double sample(Server server, String name) throws Exception {
    try (InputStream in = URI.create(server.url() + "/metrics").toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow();
    }
  }

  private void bothSeeTheSame() {
    until(() -> ana.openCommands() == 0 && bo.openCommands() == 0 && ana.seq() == bo.seq());
  }

  private boolean bothConnected() throws Exception {
    return sample(first, "tutti_relay_connected") == 1
        && sample(second, "tutti_relay_connected") == 1;
  }

  private double healed() throws Exception {
    return sample(second, "tutti_events_healed_total");
  }

  /** Of the first one a comparison may be faster that began when Redis was back. */
  private boolean anEventIsHeardOfAndNotHealed() throws Exception {
    double before = healed();
    ana.send(Moves.move("t1", "done")).join();
    bothSeeTheSame();
    return healed() == before;
  }

  @Test
  void whatRedisDroppedWhileItStoodStillIsSeenAllTheSameAndThroughRedisAgainWhenItThaws()
      throws Exception {
    until(this::bothConnected);
    Moves.prepare(ana, TICKETS);
    bothSeeTheSame();
    double before = healed();

    redis.freeze();
    ana.writes(1, new Moves(1, TICKETS));
    until(() -> sample(first, "tutti_relay_unpublished_total") > 10);
    ana.writes(0, new Moves(1, TICKETS));
    bothSeeTheSame();
    assertThat(healed()).isGreaterThan(before);
    assertThat(bothConnected()).isFalse();

    redis.thaw();
    until(this::bothConnected);
    until(this::anEventIsHeardOfAndNotHealed);

    Replay journal = Replay.of(second.address().getPort(), ROOM);
    assertThat(ana.differences(journal)).isEmpty();
    assertThat(bo.differences(journal)).isEmpty();
  }
}
