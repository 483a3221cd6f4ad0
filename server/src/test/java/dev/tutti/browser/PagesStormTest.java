package dev.tutti.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import dev.tutti.fault.Proxy;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.process.Ports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages edit one board at random while connections are cut and the server is killed; then all of
 * them hold what the journal has. Two pages where the seed is even, else three. Longer, and other
 * seeds: {@code -Dstorm.seconds=60 -Dstorm.seeds=1,2,3}. See {@code docs/testing.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesStormTest {
  private static final long SECONDS = Long.getLong("storm.seconds", 3);
  private static final String SEEDS = System.getProperty("storm.seeds", "1,2");

  /** Between two cuts, at most. */
  private static final int CALM_MILLIS = 1_500;

  private static final int CUTS_PER_KILL = 12;

  private final PostgresSettings database = TestPostgres.database();
  private TestData data;
  private int port;
  private ServerProcess server;
  private Proxy proxy;

  @BeforeAll
  void start() throws Exception {
    data = new TestData("storm");
    port = Ports.free();
    server = ServerProcess.start(database, data.path(), port);
    proxy = Proxy.before(port);
  }

  @AfterAll
  void stop() throws Exception {
    if (proxy != null) {
      proxy.close();
    }
    if (server != null) {
      server.close();
    }
    if (data != null) {
      data.close();
    }
  }

  static LongStream seeds() {
    return Stream.of(SEEDS.split(",")).mapToLong(Long::parseLong);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void allPagesHoldWhatTheJournalHas(long seed) throws Exception {
    Random random = new Random(seed);
    int pages = seed % 2 == 0 ? 2 : 3;
    List<BrowserContext> contexts = new ArrayList<>();
    List<Person> people = new ArrayList<>();
    String board = "board:storm-" + seed;
    for (int i = 0; i < pages; i++) {
      contexts.add(Chromium.browser().newContext());
      people.add(arrives(contexts.get(i), "P" + i, board, seed * 10 + i));
    }
    people.getFirst().withThreeColumns();
    people.forEach(person -> person.says("person.begin()"));
    int kills = storm(random, people);
    people.forEach(person -> person.says("person.end()"));
    people.forEach(Person::untilQuiet);
    RoomRecord record = RoomRecord.of(server.url(), board);
    people.forEach(person -> person.until("room.seq >= " + record.seq()));
    report(seed, people, record, kills);
    holds(people, record);
    people.forEach(Person::close);
    contexts.forEach(BrowserContext::close);
  }

  private Person arrives(BrowserContext context, String name, String board, long seed) {
    return Person.opens(context.newPage(), "http://127.0.0.1:" + proxy.port(), name, board, seed);
  }

  /** Cuts one page or all, and kills the server now and then; answers how often. */
  private int storm(Random random, List<Person> people) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    int kills = 0;
    for (int cuts = 1; System.nanoTime() < end; cuts++) {
      calm(random.nextInt(CALM_MILLIS));
      if (cuts % CUTS_PER_KILL == 0) {
        restart();
        kills++;
      } else if (random.nextInt(4) == 0) {
        proxy.cut();
      } else {
        people.get(random.nextInt(people.size())).says("connection.cut()");
      }
    }
    if (kills == 0) {
      restart();
      kills++;
    }
    return kills;
  }

  /** The time in which people work is what is tested here, not waited for. */
  private static void calm(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  private void restart() throws Exception {
    server.kill();
    server = ServerProcess.start(database, data.path(), port);
  }

  private static void report(long seed, List<Person> people, RoomRecord record, int kills) {
    int sent =
        people.stream().mapToInt(person -> new HashSet<>(person.keysThatLeft()).size()).sum();
    int times = people.stream().mapToInt(person -> person.keysThatLeft().size()).sum();
    long refused = people.stream().mapToLong(person -> person.refused().size()).sum();
    System.out.printf(
        "storm seed %d: %d pages, %d commands (sent %d times), %d events, %d refused, %d kills%n",
        seed, people.size(), sent, times, record.seq(), refused, kills);
  }

  private static void holds(List<Person> people, RoomRecord record) {
    List<String> keys = record.keys();
    assertThat(new HashSet<>(keys)).as("no key twice").hasSameSizeAs(keys);
    assertThat(record.replayed()).isEqualTo(record.document());
    for (Person person : people) {
      assertThat(person.seq()).isEqualTo(record.seq());
      assertThat(person.confirmed()).isEqualTo(record.document());
      assertThat(person.view()).isEqualTo(record.document());
      person
          .accepted()
          .forEach((key, seq) -> assertThat(keys.get(seq.intValue() - 1)).isEqualTo(key));
      person.refused().forEach(refusal -> assertThat(keys).doesNotContain(refusal.get("key")));
      List<String> sent = person.keysThatLeft().stream().distinct().toList();
      assertThat(sent.size()).isEqualTo(person.accepted().size() + person.refused().size());
      List<Integer> places = sent.stream().map(keys::indexOf).filter(at -> at >= 0).toList();
      assertThat(places).as("in the order in which they were made").isSorted();
    }
    assertThat(IntStream.range(0, keys.size()).allMatch(i -> seqOf(record, i) == i + 1)).isTrue();
  }

  private static long seqOf(RoomRecord record, int index) {
    return record.events().get(index).get("seq").asLong();
  }
}
