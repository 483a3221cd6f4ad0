package dev.tutti.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.dashboard.Reading;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonPointer;

class SourcesTest {
  private static final RoomName ROOM = new RoomName("dashboard:ops");
  private static final String CREDENTIAL = "Bearer s3cret";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** For whoever is never answered, and is to find that out. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final Set<String> HERE = Set.of("127.0.0.1");

  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final AtomicInteger asked = new AtomicInteger();
  private final Seen seen = new Seen();
  private BadServer server;

  /** A dashboard that keeps what it is told. */
  private static final class Seen implements Dashboards {
    final List<Reading> readings = new CopyOnWriteArrayList<>();
    final Set<String> gone = ConcurrentHashMap.newKeySet();
    volatile int watching = 1;

    @Override
    public void watching(RoomName room, IntConsumer count) {
      count.accept(watching);
    }

    @Override
    public void post(RoomName room, List<Reading> more, Consumer<Optional<Refusal>> answered) {
      boolean fits = more.stream().map(Reading::widget).noneMatch(gone::contains);
      if (fits) {
        readings.addAll(more);
      }
      answered.accept(
          fits ? Optional.empty() : Optional.of(new Refusal(Code.NOT_FOUND, "It is gone.")));
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
    assertThat(said.list.getFirst().getFormattedMessage()).contains("is not of the open internet");
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
  void aCredentialThatTheOtherSideAnswersIsNotShown() {
    try (Sources sources = sources(HERE, "/echo", true)) {
      look(sources);
      await().until(() -> sources.counts().failures().total() == 1);
    }
    assertThat(seen.readings).containsExactly(new Reading("t", null, 21.5, null, null, null));
    assertThat(said.list.getFirst().getFormattedMessage())
        .contains("it answers a credential that it was sent, which is not shown.")
        .doesNotContain("s3cret");
  }

  @Test
  void anAnswerOfWhichNothingCanBeShownIsAskedForAgain() {
    try (Sources sources = sources(HERE, "/infinite", true)) {
      look(sources);
      await().until(() -> sources.counts().failures().total() == 1);
      millis.addAndGet(25_000);
      await()
          .until(() -> {
            look(sources);
            return sources.counts().failures().total() == 2;
          });
    }
    assertThat(seen.readings).isEmpty();
  }

  @Test
  void aWidgetThatIsGoneKeepsNothingFromTheOthersAndIsSaidOnce() {
    seen.gone.add("s");
    try (Sources sources = sources(HERE, "/good", true)) {
      for (int poll = 1; poll <= 3; poll++) {
        int polls = poll;
        millis.addAndGet(10_000);
        await()
            .until(() -> {
              look(sources);
              return seen.readings.size() == polls;
            });
      }
      assertThat(seen.readings).allMatch(reading -> reading.widget().equals("t"));
      assertThat(said.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .containsExactly("What the source weather says is not taken: It is gone.");
      seen.gone.clear();
      millis.addAndGet(10_000);
      await()
          .until(() -> {
            look(sources);
            return seen.readings.stream().anyMatch(reading -> reading.widget().equals("s"));
          });
      seen.gone.add("s");
      millis.addAndGet(10_000);
      await()
          .until(() -> {
            look(sources);
            return said.list.size() == 2;
          });
    }
  }

  @Test
  void aPortThatCannotBeIsAFailureAndTheSourceGoesOn() {
    var source =
        new Source(
            "weather",
            URI.create("http://127.0.0.1:70000/"),
            Headers.NONE,
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

  @Test
  void whoeverWaitsToHearWhoseTurnItIsHoldsUpNoTick() {
    var ticking = Thread.currentThread();
    var asking = new CompletableFuture<Thread>();
    var told = new CompletableFuture<Boolean>();
    Turns silent =
        new Turns() {
          @Override
          public boolean mine(String source) {
            asking.complete(Thread.currentThread());
            return told.join();
          }

          @Override
          public void close() {
            told.complete(false);
          }
        };
    try (Sources sources = sources(HERE, "/good", silent)) {
      look(sources);
      assertThat(asking.join()).isNotSameAs(ticking);
      sources.tick(); // Returns, though nobody has been told anything.
      told.complete(true);
      await().until(() -> seen.readings.size() == 2);
    }
  }

  private Sources sources(Set<String> allowed, String path, boolean turn) {
    return sources(allowed, path, new Always(turn, asked));
  }

  private Sources sources(Set<String> allowed, String path, Turns turns) {
    Source source =
        new Source(
            "weather",
            URI.create(server.url(path)),
            new Headers(Map.of("Authorization", CREDENTIAL), Set.of("s3cret")),
            Duration.ofSeconds(10),
            false,
            List.of(
                new Source.Target(JsonPointer.compile("/now/degrees"), ROOM, "t", ""),
                new Source.Target(JsonPointer.compile("/now/sky"), ROOM, "s", "sky")));
    return new Sources(
        new Sources.Plan(allowed, List.of(source)),
        seen,
        turns,
        () -> Instant.ofEpochMilli(millis.get()),
        new Random(1),
        path.equals("/slow") ? SHORT : LIMIT);
  }
}
