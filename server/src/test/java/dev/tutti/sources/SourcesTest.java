package dev.tutti.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.dashboard.Reading;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonPointer;

class SourcesTest {
  private static final RoomName ROOM = new RoomName("dashboard:ops");
  private static final String CREDENTIAL = "Bearer s3cret";
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Set<String> HERE = Set.of("127.0.0.1");

  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final AtomicInteger asked = new AtomicInteger();
  private final Seen seen = new Seen();
  private BadServer server;

  /** A dashboard that keeps what it is told. */
  private static final class Seen implements Dashboards {
    final List<Reading> readings = new CopyOnWriteArrayList<>();
    volatile int watching = 1;

    @Override
    public void watching(RoomName room, IntConsumer count) {
      count.accept(watching);
    }

    @Override
    public void post(RoomName room, List<Reading> more, Consumer<String> refused) {
      readings.addAll(more);
    }
  }

  /** One instance alone, whose turn it is when it says so. */
  private record Always(boolean turn, AtomicInteger asked) implements Turns {
    @Override
    public boolean mine(String source) {
      asked.incrementAndGet();
      return turn;
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void start() throws Exception {
    server = new BadServer();
    said.start();
    logger().addAppender(said);
  }

  @AfterEach
  void stop() {
    logger().detachAppender(said);
    server.close();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.tutti.sources");
  }

  @Test
  void whatThePointersNameBecomesReadingsAndTheCredentialIsSent() {
    try (Sources sources = sources(HERE, "/good", true)) {
      look(sources);
      await().until(() -> seen.readings.size() == 2);
      await().until(() -> sources.counts().polls().total() == 1);
      assertThat(sources.counts().failures().total()).isZero();
      assertThat(sources.counts().time().read().count()).isEqualTo(1);
    }
    assertThat(seen.readings)
        .containsExactly(
            new Reading("t", null, 21.5, null, null, null),
            new Reading("s", "sky", null, "clear", null, null));
    assertThat(server.shown).containsExactly(CREDENTIAL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /slow  | it took longer than 2000 ms.
          /wrong | its answer is no JSON.
          /other | 2 of its pointers lead nowhere.
          /error | it answered 500.
          /away  | it answered 302, which is not followed.
          /huge  | its answer is over 1 MiB.
          """)
  void aServerThatMisbehavesIsSaidOnceAndRestsEverLonger(String path, String sentence) {
    try (Sources sources = sources(HERE, path, true)) {
      look(sources);
      await().until(() -> !said.list.isEmpty());
      await().until(() -> sources.counts().failures().total() == 1);
      assertThat(said.list.getFirst().getFormattedMessage())
          .isEqualTo(
              "The source weather has failed: " + sentence + " It is asked again, ever later.");
      millis.addAndGet(10_000); // one interval is not enough after a failure
      look(sources);
      look(sources);
      assertThat(server.asked).containsExactly(path);
      millis.addAndGet(15_000);
      await()
          .until(() -> {
            look(sources);
            return server.asked.size() == 2;
          });
    }
    assertThat(said.list).hasSize(1);
    assertThat(seen.readings).isEmpty();
    assertThat(said.list.toString()).doesNotContain("s3cret").doesNotContain("127.0.0.1");
  }

  @Test
  void anAddressInsideTheNetworkIsRefusedUnlessItIsListed() {
    try (Sources sources = sources(Set.of(), "/good", true)) {
      look(sources);
      await().until(() -> !said.list.isEmpty());
    }
    assertThat(said.list.getFirst().getFormattedMessage()).contains("not of the open internet");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void nobodyIsAskedWhileNobodyLooksAndOnceHoweverManyDo() {
    try (Sources sources = sources(HERE, "/good", true)) {
      seen.watching = 0;
      look(sources);
      look(sources);
      assertThat(server.asked).isEmpty();
      seen.watching = 50;
      look(sources);
      look(sources);
      await().until(() -> seen.readings.size() == 2);
      look(sources);
    }
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void anInstanceWhoseTurnItIsNotAsksNothing() {
    try (Sources sources = sources(HERE, "/good", false)) {
      look(sources);
      await().until(() -> asked.get() > 0);
      await()
          .until(() -> {
            look(sources);
            return asked.get() > 1;
          });
      assertThat(server.asked).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1"
      })
  void whatIsNotOfTheOpenInternetIsRefused(String address) throws Exception {
    InetAddress resolved = InetAddress.getByName(address);
    assertThat(new Addresses(Set.of()).isAllowed(resolved)).isFalse();
    assertThat(new Addresses(Set.of(address)).isAllowed(resolved)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
  void theOpenInternetIsAllowed(String address) throws Exception {
    assertThat(new Addresses(Set.of()).isAllowed(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void aFileIsReadWithItsCredentialsFromElsewhere(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("token"), "s3cret\n");
    Path file =
        Files.writeString(
            folder.resolve("sources.json"),
            """
            {"allow": ["127.0.0.1"], "sources": [{"name": "weather", "url": "https://example.com/x?k=1",
              "headers": {"Authorization": {"file": "%s", "prefix": "Bearer "}, "X-Key": {"env": "KEY"}},
              "seconds": 30, "read": [{"pointer": "/a/0", "room": "dashboard:ops", "widget": "t"}]}]}
            """
                .formatted(secret));
    SourcesFile.Conclusion read = SourcesFile.read(file, Map.of("KEY", "k3y"));
    Sources.Plan plan = ((SourcesFile.Conclusion.Read) read).plan();
    assertThat(plan.allowed()).isEqualTo(HERE);
    assertThat(plan.sources().getFirst().headers())
        .isEqualTo(Map.of("Authorization", CREDENTIAL, "X-Key", "k3y"));
    assertThat(plan.toString()).isEqualTo("[source weather]");
  }

  @Test
  void allThatIsWrongWithAFileIsFoundAtOnceAndNoValueIsTold(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("sources.json"),
            """
            {"sources": [{"name": "a", "url": "ftp://user:s3cret@example.com", "seconds": 0,
              "headers": {"X": {"env": "GONE"}}, "read": [{"pointer": "no", "room": "board:x"}]}]}
            """);
    SourcesFile.Conclusion read = SourcesFile.read(file, Map.of());
    List<String> problems = ((SourcesFile.Conclusion.Refused) read).problems();
    assertThat(problems).hasSize(5).allMatch(sentence -> sentence.startsWith("--sources: a: "));
    assertThat(problems.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "localhost", "", "10.0.0.256"})
  void whatIsNoAddressIsNotListed(String entry, @TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("sources.json"),
            """
            {"allow": ["::1", "%s"], "sources": [{"name": "a", "url": "https://example.com/",
              "seconds": 30, "read": [{"pointer": "/a", "room": "dashboard:x", "widget": "w"}]}]}
            """
                .formatted(entry));
    SourcesFile.Conclusion read = SourcesFile.read(file, Map.of());
    assertThat(((SourcesFile.Conclusion.Refused) read).problems())
        .singleElement()
        .asString()
        .contains("10.0.0.5 or ::1");
  }

  @Test
  void whatCannotBeShownOfAnAnswerIsLeftOutAndTheRestIsPosted() {
    try (Sources sources = sources(HERE, "/odd", true)) {
      look(sources);
      await().until(() -> sources.counts().failures().total() == 1);
      String words = seen.readings.getFirst().text();
      assertThat(seen.readings).hasSize(1);
      assertThat(words).startsWith("a b").doesNotContain("\u0085");
      assertThat(words.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
  }

  @Test
  void aPortThatCannotBeIsAFailureAndTheSourceGoesOn() {
    var source =
        new Source(
            "weather",
            URI.create("http://127.0.0.1:70000/"),
            Map.of(),
            Duration.ofSeconds(10),
            false,
            List.of(new Source.Target(JsonPointer.compile("/a"), ROOM, "t", "")));
    try (Fetch fetch = new Fetch(new Addresses(HERE), LIMIT)) {
      assertThat(fetch.get(source).join())
          .isEqualTo(new Fetch.Answer.Failed("it cannot be asked."));
    }
  }

  /** The chores' look: who watches is known from the one before. */
  private void look(Sources sources) {
    sources.tick();
    sources.tick();
  }

  private Sources sources(Set<String> allowed, String path, boolean turn) {
    Source source =
        new Source(
            "weather",
            URI.create(server.url(path)),
            Map.of("Authorization", CREDENTIAL),
            Duration.ofSeconds(10),
            false,
            List.of(
                new Source.Target(JsonPointer.compile("/now/degrees"), ROOM, "t", ""),
                new Source.Target(JsonPointer.compile("/now/sky"), ROOM, "s", "sky")));
    return new Sources(
        new Sources.Plan(allowed, List.of(source)),
        seen,
        new Always(turn, asked),
        () -> Instant.ofEpochMilli(millis.get()),
        new Random(1),
        LIMIT);
  }
}
