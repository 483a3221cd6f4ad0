package dev.tutti.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import dev.tutti.journal.MemoryJournal;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.relay.LocalRelay;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Change;
import dev.tutti.rules.Conflation;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.RoomRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Gauges of which only the latest value matters; one that is not 0 to 90 is refused. */
class ConflationTest {
  private static final RoomName ROOM = new RoomName("gauge:one");
  private static final int PACE_MILLIS = 100;
  private static final int LOOK_UP_MILLIS = 20;

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparing(Task::number));
  private final Map<UUID, List<Outcome>> outcomes = new LinkedHashMap<>();
  private final MemoryJournal journal =
      new MemoryJournal() {
        @Override
        public CompletableFuture<Appended> append(Batch batch) {
          CompletableFuture<Appended> late = new CompletableFuture<>();
          super.append(batch).thenAccept(done -> after(commitMillis, late, done));
          return late;
        }

        @Override
        public CompletableFuture<Map<UUID, KnownKey>> known(long room, Collection<UUID> keys) {
          CompletableFuture<Map<UUID, KnownKey>> late = new CompletableFuture<>();
          super.known(room, keys).thenAccept(found -> after(LOOK_UP_MILLIS, late, found));
          return late;
        }
      };
  private final Rooms rooms = rooms();
  private long millis;
  private int commitMillis;
  private int numbers;

  private record Task(long at, int number, Runnable body) {}

  private record Set(String gauge, int value) {}

  @Test
  void whatWaitsTogetherBecomesOneEventWithTheLatest() {
    Proposal first = sends("ana", "busy", 1);
    Proposal second = sends("ana", "busy", 2);
    Proposal third = sends("ana", "busy", 3);
    run(0);
    assertThat(value("busy")).isEqualTo(3);
    assertThat(List.of(seq(first), seq(second), seq(third))).containsExactly(1L, 1L, 1L);
  }

  @Test
  void aPaceHoldsBackAllButTheFirst() {
    sends("ana", "paced", 1);
    run(0);
    Proposal second = sends("ana", "paced", 2);
    Proposal third = sends("ana", "paced", 3);
    run(PACE_MILLIS - 1);
    assertThat(value("paced")).isEqualTo(1);
    assertThat(outcomes.get(third.key())).isEmpty();
    run(PACE_MILLIS);
    assertThat(value("paced")).isEqualTo(3);
    assertThat(seq(second)).isEqualTo(seq(third)).isEqualTo(2);
  }

  @Test
  void peopleAndKeysDoNotReplaceEachOther() {
    Proposal ana = sends("ana", "busy", 1);
    Proposal bo = sends("bo", "busy", 2);
    Proposal other = sends("ana", "paced", 3);
    run(0);
    assertThat(List.of(seq(ana), seq(bo), seq(other))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whenTheLatestIsRefusedTheOneBeforeItIsDecided() {
    Proposal first = sends("ana", "busy", 1);
    Proposal good = sends("ana", "busy", 2);
    Proposal bad = sends("ana", "busy", -1);
    Proposal worse = sends("ana", "busy", -2);
    run(3 * LOOK_UP_MILLIS);
    assertThat(value("busy")).isEqualTo(2);
    assertThat(seq(good)).isEqualTo(seq(first)).isEqualTo(1);
    assertThat(outcomes.get(bad.key())).singleElement().isInstanceOf(Outcome.Refused.class);
    assertThat(outcomes.get(worse.key())).singleElement().isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void theLatestStaysTheLatestWhicheverComesLast() {
    Proposal first = sends("ana", "rising", 1);
    Proposal latest = sends("ana", "rising", 5);
    Proposal older = sends("ana", "rising", 3);
    Proposal oldest = sends("ana", "rising", 2);
    run(0);
    assertThat(value("rising")).isEqualTo(5);
    assertThat(List.of(seq(first), seq(latest), seq(older), seq(oldest))).containsOnly(1L);
  }

  @Test
  void whenTheLatestIsRefusedTheNextLatestIsDecidedWhicheverCameLast() {
    Proposal first = sends("ana", "rising", 1);
    Proposal bad = sends("ana", "rising", 99);
    Proposal good = sends("ana", "rising", 5);
    Proposal older = sends("ana", "rising", 3);
    run(2 * LOOK_UP_MILLIS);
    assertThat(value("rising")).isEqualTo(5);
    assertThat(List.of(seq(first), seq(good), seq(older))).containsOnly(1L);
    assertThat(outcomes.get(bad.key())).singleElement().isInstanceOf(Outcome.Refused.class);
  }

  @Property(tries = 50)
  void anyOrderAnswersEachOnceAndEndsWithTheHighest(@ForAll long seed) {
    new ConflationTest().rises(new Random(seed));
  }

  private void rises(Random random) {
    sends("cy", "other", 1);
    run(0);
    int highest = 0;
    for (int i = 0; i < 60; i++) {
      int value = random.nextInt(-10, 101);
      sends("ana", "paced rising", value);
      highest = value <= 90 ? Math.max(highest, value) : highest;
      if (random.nextInt(3) == 0) {
        run(random.nextInt(PACE_MILLIS));
      }
    }
    run(100 * PACE_MILLIS);
    assertThat(outcomes.values()).allSatisfy(answers -> assertThat(answers).hasSize(1));
    assertThat(value("paced rising")).isEqualTo(highest);
  }

  @Test
  void oneThatComesWhileTheLatestIsBeingRefusedIsDecidedBehindTheOneBeforeIt() {
    sends("bo", "other", 1);
    run(0);
    sends("ana", "busy", 1);
    run(0);
    Proposal second = sends("ana", "busy", 2);
    sends("ana", "busy", -1);
    run(LOOK_UP_MILLIS / 2);
    Proposal last = sends("ana", "busy", 3);
    run(LOOK_UP_MILLIS);
    assertThat(value("busy")).isEqualTo(3);
    assertThat(List.of(seq(second), seq(last))).containsExactly(3L, 4L);
  }

  @Test
  void oneThatWasReplacedHasItsAnswerWhenItIsSentAgain() {
    Proposal first = sends("ana", "busy", 1);
    sends("ana", "busy", 2);
    run(0);
    sends(first);
    sends(new Proposal(first.key(), 77, first.command(), first.conflation(), null, first.by()));
    run(0);
    assertThat(outcomes.get(first.key()).subList(0, 2))
        .containsExactly(new Outcome.Accepted(1), new Outcome.Accepted(1));
    assertThat(outcomes.get(first.key()).get(2))
        .isInstanceOfSatisfying(
            Outcome.Refused.class, it -> assertThat(it.code()).isEqualTo(Code.KEY_REUSED));
    assertThat(value("busy")).isEqualTo(2);
  }

  @Test
  void oneThatExpectsSomethingIsNotReplaced() {
    assertThat(proposal("ana", "busy", 1, JsonNodeFactory.instance.objectNode()).conflation())
        .isEmpty();
  }

  @Test
  void nobodyIsHeldBackByAServerThatStops() {
    sends("ana", "paced", 1);
    run(0);
    Proposal second = sends("ana", "paced", 2);
    CompletableFuture<Void> settled = rooms.settle();
    run(0);
    assertThat(settled).isDone();
    assertThat(seq(second)).isEqualTo(2);
  }

  @Property(tries = 50)
  void anyInterleavingAnswersEachOnceAndEndsWithTheLatest(@ForAll long seed) {
    new ConflationTest().interleaves(new Random(seed));
  }

  private void interleaves(Random random) {
    sends("cy", "other", 1); // from now on the room exists
    run(0);
    Map<String, Integer> latest = new LinkedHashMap<>();
    for (int i = 1; i <= 60; i++) {
      String user = random.nextBoolean() ? "ana" : "bo";
      String gauge = random.nextBoolean() ? "busy" : "paced";
      int value = random.nextInt(4) == 0 ? -i : i;
      sends(user, gauge + user, value);
      if (value > 0) {
        latest.put(gauge + user, value);
      }
      if (random.nextInt(3) == 0) {
        run(random.nextInt(PACE_MILLIS));
      }
    }
    run(100 * PACE_MILLIS);
    assertThat(outcomes.values()).allSatisfy(answers -> assertThat(answers).hasSize(1));
    latest.forEach((gauge, value) -> assertThat(value(gauge)).as(gauge).isEqualTo(value));
  }

  @Property(tries = 50)
  void whatWasHeldBackForTooLongHoldsBackNobody(@ForAll long seed) {
    new ConflationTest().outlasts(new Random(seed));
  }

  private void outlasts(Random random) {
    sends("cy", "other", 1);
    run(0);
    commitMillis = 9_000 + random.nextInt(4_000);
    sends("ana", "paced", 1);
    run(random.nextInt(1_000));
    sends("ana", "paced", 2);
    run(random.nextInt(1_000));
    for (int second = 0; second < 30; second++) {
      run(1_000);
      rooms.sweep();
    }
    commitMillis = 0;
    Proposal last = sends("ana", "paced", 3);
    run(PACE_MILLIS);
    assertThat(outcomes.get(last.key())).singleElement().isInstanceOf(Outcome.Accepted.class);
    assertThat(value("paced")).isEqualTo(3);
    assertThat(outcomes.values()).allSatisfy(answers -> assertThat(answers).hasSize(1));
  }

  private Proposal sends(String user, String gauge, int value) {
    Proposal proposal = proposal(user, gauge, value, null);
    sends(proposal);
    return proposal;
  }

  private void sends(Proposal proposal) {
    List<Outcome> answers = outcomes.computeIfAbsent(proposal.key(), key -> new ArrayList<>());
    rooms.submit(ROOM, proposal, answers::add);
  }

  private Proposal proposal(String user, String gauge, int value, @Nullable ObjectNode expect) {
    Ruleset rules = new Ruleset(new GaugeRules());
    ObjectNode args = JsonNodeFactory.instance.objectNode().put("gauge", gauge).put("value", value);
    UUID key = new UUID(1, ++numbers);
    var command = new ClientMessage.Command(0, ROOM, key, "gauge.set", args, expect);
    return Proposal.of(command, new Claim(user, user, Role.EDITOR), rules);
  }

  private long seq(Proposal proposal) {
    return ((Outcome.Accepted) outcomes.get(proposal.key()).getFirst()).seq();
  }

  private int value(String gauge) {
    Document document = Document.empty();
    for (Entry entry : journal.readAfter(1, 0, 1_000).join()) {
      document = document.apply(EncodedEvent.patch(entry.patch()));
    }
    return document.entity("gauges", gauge).map(e -> e.path("value").asInt()).orElse(0);
  }

  private <T> void after(int laterMillis, CompletableFuture<T> late, T found) {
    tasks.add(new Task(millis + laterMillis, ++numbers, () -> late.complete(found)));
  }

  private void run(long forMillis) {
    long until = millis + forMillis;
    while (!tasks.isEmpty() && tasks.peek().at() <= until) {
      Task task = tasks.poll();
      millis = Math.max(millis, task.at());
      task.body().run();
    }
    millis = until;
  }

  private Rooms rooms() {
    RoomContext context =
        new RoomContext(
            journal,
            new LocalRelay(),
            new SnapshotWriter(journal, Runnable::run),
            RoomSettings.DEFAULTS,
            () -> Instant.ofEpochMilli(millis),
            new Random(1));
    return new Rooms(Rulesets.of(List.of(new GaugeRules())), context, List.of(home()));
  }

  private Home home() {
    return new Home() {
      @Override
      public void execute(Runnable task) {
        later(0, task);
      }

      @Override
      public void later(long millis, Runnable task) {
        tasks.add(new Task(ConflationTest.this.millis + millis, ++numbers, task));
      }
    };
  }

  /** Those that are "paced" have a pace; of those that are "rising" the highest is the latest. */
  private static final class GaugeRules implements RoomRules<Set> {
    @Override
    public String type() {
      return "gauge";
    }

    @Override
    public Set parse(String name, ObjectNode args) {
      return new Set(args.path("gauge").asString(), args.path("value").asInt());
    }

    @Override
    public Optional<Conflation> conflation(Set set) {
      int paceMillis = set.gauge().startsWith("paced") ? PACE_MILLIS : 0;
      return Optional.of(new Conflation(set.gauge(), paceMillis, rises(set) ? set.value() : 0));
    }

    @Override
    public Decision decide(Document document, Set set, Actor actor, Moment now) {
      if (set.value() < 0 || set.value() > 90) {
        return new Decision.Refused(Code.RULE, "It is not 0 to 90.");
      }
      int before =
          document.entity("gauges", set.gauge()).map(e -> e.path("value").asInt()).orElse(0);
      ObjectNode gauge = JsonNodeFactory.instance.objectNode().put("value", set.value());
      return new Decision.Accepted(
          "gauge.set",
          rises(set) && set.value() < before
              ? Change.none()
              : Change.none().put("gauges", set.gauge(), gauge));
    }

    private static boolean rises(Set set) {
      return set.gauge().endsWith("rising");
    }
  }
}
