package dev.tutti.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.ops.Balancer;
import dev.tutti.ops.TestNames;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.postgres.embedded.TestPrograms;
import dev.tutti.probe.Client;
import dev.tutti.probe.Moves;
import dev.tutti.probe.Replay;
import dev.tutti.process.Ports;
import dev.tutti.redis.embedded.TestRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A deploy: three server processes on one PostgreSQL and one Redis give way to three new ones, one
 * after the other, under people who write. They come through HAProxy where it is installed, with
 * the file that the containers have: it knows instances by name, and a new one has an address of
 * its own. {@code -Drolling.clients=2000 -Drolling.rate=500} makes it a long one.
 */
class RollingRestartTest {
  private static final int CLIENTS = Integer.getInteger("rolling.clients", 90);
  private static final int RATE = Integer.getInteger("rolling.rate", 36);
  private static final int WRITERS = 20;

  /** Commands of all writers together: each is a message to everybody in its room. */
  private static final int WRITES_PER_SECOND = 50;

  private static final int ROOMS = Integer.getInteger("rolling.rooms", Math.max(3, CLIENTS / 20));
  private static final List<String> NAMES = List.of("one", "two", "three");
  private static final int INSTANCES = NAMES.size();

  /** The last number of the first instance's address on this machine, behind a balancer. */
  private static final int FIRST_ADDRESS = 11;

  /** What each instance lets in: all together never more than is announced. */
  private static final int SHARE = RATE / INSTANCES;

  private static final int TICKETS = 10;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private static final Pattern SAID_GOODBYE =
      Pattern.compile("Said good-bye to (\\d+); (\\d+) come back in a second at most\\.");

  private final PostgresSettings database = TestPostgres.database();
  private final TestRedis redis = TestRedis.started();
  private final Path data = TestPrograms.linkedInto(TestPostgres.folder().resolve("data"));
  private final List<Instance> instances = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();

  /** One for all instances behind a balancer, since a name leads to an address and to no port. */
  private final int sharedPort = Ports.free();

  private @Nullable TestNames names;
  private @Nullable Balancer balancer;

  /** Who is up, whose turn it is where there is no balancer, and when somebody connected. */
  private final List<Instance> up = new CopyOnWriteArrayList<>();

  private final ScheduledExecutorService typing = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger turn = new AtomicInteger();
  private final ConcurrentLinkedQueue<Long> connecting = new ConcurrentLinkedQueue<>();

  private record Instance(String host, int port, ServerProcess process) {
    String address() {
      return host + ":" + port;
    }
  }

  RollingRestartTest() throws IOException {}

  @Test
  void aRollingRestartLosesAndRepeatsNothingAndKeepsToItsRate() throws Exception {
    for (int i = 0; i < INSTANCES; i++) {
      up.add(start());
    }
    if (Balancer.installed().isPresent()) {
      balance();
    }
    up.forEach(instance -> instance.process().awaitReady());
    Instance fresh = start();
    everybodyComes();
    List<Instance> old = List.copyOf(up);
    for (int i = 0; i < INSTANCES; i++) {
      fresh.process().awaitReady();
      // The next one begins while clients come back, so that nobody waits for it.
      Instance next = i + 1 < INSTANCES ? start() : fresh;
      replace(old.get(i), fresh, NAMES.get(i));
      fresh = next;
    }
    typing.shutdown();
    assertThat(typing.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    everybodyIsLevel();
    assertThat(differences()).isEmpty();
    for (Instance instance : up) {
      assertThat(Attacked.sample(instance.address(), "tutti_relay_received_total")).isPositive();
    }
    // How people are sent away was seen three times by now.
    clients.forEach(Client::close);
    up.forEach(instance -> instance.process().tell());
    for (Instance instance : up) {
      assertThat(instance.process().exitCode()).isZero();
    }
  }

  private void balance() throws IOException {
    names = new TestNames();
    for (int i = 0; i < INSTANCES; i++) {
      names.lead(NAMES.get(i), up.get(i).host());
    }
    balancer =
        Balancer.before(
            NAMES.stream().map(name -> name + ".tutti.test:" + sharedPort).toList(),
            Map.of("TUTTI_DNS", "127.0.0.1:" + names.port()));
  }

  private void everybodyComes() {
    if (balancer != null) {
      await().atMost(LIMIT).ignoreExceptions().until(balancer::allReady);
    }
    for (int i = 0; i < CLIENTS; i++) {
      String room = "board:rolling" + i % ROOMS;
      clients.add(new Client(this::port, "client" + i, room, () -> {}).start());
    }
    for (int i = 0; i < ROOMS; i++) {
      Moves.prepare(clients.get(i), TICKETS);
    }
    await().atMost(LIMIT).until(() -> clients.stream().allMatch(client -> client.seq() >= 0));
    List<Moves> moves = IntStream.range(0, WRITERS).mapToObj(i -> new Moves(i, TICKETS)).toList();
    AtomicInteger next = new AtomicInteger();
    Runnable write =
        () -> {
          int writer = next.getAndIncrement() % WRITERS;
          if (clients.get(writer).openCommands() == 0) {
            clients.get(writer).send(moves.get(writer).get());
          }
        };
    long micros = TimeUnit.SECONDS.toMicros(1) / WRITES_PER_SECOND;
    typing.scheduleAtFixedRate(write, 0, micros, TimeUnit.MICROSECONDS);
  }

  private int port() {
    connecting.add(System.nanoTime());
    if (balancer != null) {
      return balancer.port();
    }
    return up.get(Math.floorMod(turn.getAndIncrement(), up.size())).port();
  }

  private void replace(Instance old, Instance fresh, String name) throws IOException {
    int byes = sum(Client.Figures::byes);
    int connections = sum(Client.Figures::connections);
    int accepted = sum(Client.Figures::accepted);
    connecting.clear();
    up.remove(old);
    long told = System.nanoTime();
    if (names != null) {
      names.lead(name, fresh.host());
    }
    assertThat(old.process().terminate()).isZero();
    long gone = System.nanoTime();
    up.add(fresh);
    await()
        .atMost(LIMIT)
        .until(() ->
            sum(Client.Figures::byes) > byes
                && everybodyIsSomewhere()
                && sum(Client.Figures::connections) - connections
                    >= sum(Client.Figures::byes) - byes);
    if (balancer != null) {
      balancer.awaitMoved(fresh.host());
    }
    int sentAway = sum(Client.Figures::byes) - byes;
    await().atMost(LIMIT).until(() -> sum(Client.Figures::accepted) > accepted + WRITERS);
    int announced = announced(old, sentAway);
    int letIn = mostLetInASecond();
    System.out.printf(
        "%s: %d sent away, gone after %d ms, back within %d ms; in a second at most %d"
            + " announced, %d tried, %d let in; the rate is %d%n",
        old.address(),
        sentAway,
        TimeUnit.NANOSECONDS.toMillis(gone - told),
        TimeUnit.NANOSECONDS.toMillis(last() - told),
        announced,
        mostInASecond(connecting.stream().map(TimeUnit.NANOSECONDS::toMillis).toList()),
        letIn,
        RATE);
    assertThat(sum(Client.Figures::connections) - connections)
        .as("who was sent away comes back once, and nobody else was cut off")
        .isEqualTo(sentAway);
    // An attempt that a busy machine lets run out is made again, and counts for the rate too.
    assertThat(connecting).hasSizeGreaterThanOrEqualTo(sentAway);
    assertThat(announced).isLessThanOrEqualTo(RATE);
    assertThat(letIn).isPositive().isLessThanOrEqualTo(RATE);
  }

  /** Also who has not read yet that it was sent away is connected to none of those that are up. */
  private boolean everybodyIsSomewhere() throws IOException {
    double connected = 0;
    for (Instance instance : up) {
      connected += Attacked.sample(instance.address(), "tutti_connections");
    }
    return connected == CLIENTS;
  }

  private long last() {
    return connecting.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  /** Of those who were told when to come back: the most within any second, as it was decided. */
  private static int announced(Instance gone, int sentAway) {
    Matcher said = SAID_GOODBYE.matcher(gone.process().output());
    assertThat(said.find()).as(gone.process().output()).isTrue();
    assertThat(Integer.parseInt(said.group(1))).isGreaterThanOrEqualTo(sentAway);
    return Integer.parseInt(said.group(2));
  }

  /** The most that each instance has let in within any second, all of them together. */
  private int mostLetInASecond() throws IOException {
    double most = 0;
    for (Instance instance : up) {
      most += Attacked.sample(instance.address(), "tutti_handshakes_most_in_a_second");
    }
    return (int) most;
  }

  private static int mostInASecond(List<Long> millis) {
    TreeSet<Long> starts = new TreeSet<>(millis);
    return starts.stream()
        .mapToInt(
            from -> (int) millis.stream().filter(at -> at >= from && at < from + 1_000).count())
        .max()
        .orElse(0);
  }

  private int sum(ToIntFunction<Client.Figures> figure) {
    return clients.stream().map(Client::figures).mapToInt(figure).sum();
  }

  private void everybodyIsLevel() {
    await()
        .atMost(LIMIT)
        .until(() -> clients.stream().allMatch(client -> client.openCommands() == 0));
    for (int i = 0; i < ROOMS; i++) {
      int room = i;
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> {
            long head = Replay.of(port(), "board:rolling" + room).head();
            for (int j = room; j < CLIENTS; j += ROOMS) {
              assertThat(clients.get(j).seq()).isEqualTo(head);
            }
          });
    }
  }

  private List<String> differences() throws IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      Replay journal = Replay.of(port(), "board:rolling" + i);
      for (int j = i; j < CLIENTS; j += ROOMS) {
        differences.addAll(clients.get(j).differences(journal));
      }
    }
    System.out.printf(
        "%d clients, %d commands, %d accepted, %d refused by rules, %d sent again, %d"
            + " connections%n",
        CLIENTS,
        sum(Client.Figures::sent),
        sum(Client.Figures::accepted),
        sum(Client.Figures::refused),
        sum(Client.Figures::resent),
        sum(Client.Figures::connections));
    return differences;
  }

  /** One more process, beside the others. */
  private Instance start() throws IOException {
    boolean behind = Balancer.installed().isPresent();
    String host = behind ? "127.0.0." + (FIRST_ADDRESS + instances.size()) : "127.0.0.1";
    int port = behind ? sharedPort : Ports.free();
    Path folder = data.resolveSibling("data" + instances.size());
    List<String> options =
        List.of(
            "--host",
            host,
            "--trusted-proxies",
            "127.0.0.1",
            "--postgres-url",
            database.jdbcUrl().substring("jdbc:".length()),
            "--postgres-user",
            database.user(),
            "--accept-volatile-postgres",
            "--returns-per-second",
            Integer.toString(RATE),
            "--max-handshakes-per-second",
            Integer.toString(SHARE),
            "--max-messages-per-second",
            "100000");
    Map<String, String> secrets =
        Map.of(
            "TUTTI_POSTGRES_PASSWORD",
            database.password(),
            "TUTTI_REDIS_URL",
            redis.url(),
            "TUTTI_TOKEN_SECRET",
            Attacked.SECRET);
    Instance started =
        new Instance(host, port, ServerProcess.start(folder, port, options, secrets));
    instances.add(started);
    return started;
  }

  @AfterEach
  void everybodyLeaves() {
    typing.shutdownNow();
    clients.forEach(Client::close);
    if (balancer != null) {
      balancer.close();
      names.close();
    }
    instances.forEach(instance -> instance.process().kill());
    redis.close();
  }
}
