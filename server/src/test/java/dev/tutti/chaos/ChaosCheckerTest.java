package dev.tutti.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.Server;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.probe.Promise;
import dev.tutti.trouble.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What chaos would find if there were something to find. */
class ChaosCheckerTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static PostgresSettings database;
  private static Server server;

  @BeforeAll
  static void start() {
    database = TestPostgres.database();
    server = TestServer.over(database);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void nothingIsFoundWhereNothingIsWrong() throws Exception {
    try (Crowd crowd = crowd("board:fine", port())) {
      writeSome(crowd);
      assertThat(crowd.check(port())).isEmpty();
    }
  }

  @Test
  void anEventThatNeverReachesOneClientIsFound() throws Exception {
    try (FrameDropper dropper = new FrameDropper(port());
        Crowd crowd = crowd("board:dropped", port(), port(), dropper.port())) {
      writeSome(crowd);
      dropper.drop(1);
      await().atMost(LIMIT).until(() -> dropper.left() == 0);
      writeSome(crowd);
      assertFound(crowd, Promise.NO_GAP);
    }
  }

  @Test
  void anAcceptedCommandThatIsGoneIsFound() throws Exception {
    try (Crowd crowd = crowd("board:lost", port())) {
      writeSome(crowd);
      assertThat(crowd.check(port())).isEmpty();
      change("delete from event where seq = (select max(seq)", "board:lost");
      assertFound(crowd, Promise.NOTHING_ACCEPTED_IS_LOST, Promise.EVERYBODY_LEVEL);
    }
  }

  @Test
  void anEventThatNobodySentOrWasChangedIsFound() throws Exception {
    try (Crowd crowd = crowd("board:changed", port())) {
      writeSome(crowd);
      assertThat(crowd.check(port())).isEmpty();
      change(
          "update event set key = gen_random_uuid() where seq = (select max(seq)", "board:changed");
      assertFound(
          crowd,
          Promise.NOTHING_HAPPENS_TWICE,
          Promise.NOTHING_ACCEPTED_IS_LOST,
          Promise.ONE_ORDER);
    }
  }

  @Test
  void anEventThatWasDecidedOnAnOlderDocumentIsFound() throws Exception {
    try (Crowd crowd = crowd("board:counted", port())) {
      writeSome(crowd);
      assertThat(crowd.check(port())).isEmpty();
      change(
          "update event set patch = replace(patch::text, '\"title\":\"1\"',"
              + " '\"title\":\"0\"')::json where seq <= (select max(seq)",
          "board:counted");
      assertFound(crowd, Promise.EACH_DECIDED_ON_THE_ONE_BEFORE);
    }
  }

  private static int port() {
    return server.address().getPort();
  }

  private static Crowd crowd(String room, Integer... ports) {
    return new Crowd(List.of(room), 3, List.of(ports), new Random(7));
  }

  private static void writeSome(Crowd crowd) {
    long enough = crowd.accepted() + 200;
    crowd.write();
    await().atMost(LIMIT).until(() -> crowd.accepted() >= enough);
  }

  /** Events of the room alone; the statement ends in an open bracket. */
  private static void change(String statement, String room) {
    String ofRoom = "(select id from room where name = '" + room + "')";
    TestPostgres.execute(
        database, statement + " from event where room = " + ofRoom + ") and room = " + ofRoom);
  }

  private static void assertFound(Crowd crowd, Promise... promises) throws Exception {
    List<String> found = crowd.check(port());
    for (Promise promise : promises) {
      assertThat(found).anyMatch(what -> what.startsWith(promise + ": "));
    }
  }
}
