package dev.tutti.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.MemoryJournal;
import dev.tutti.protocol.ChangeCommand;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Codecs;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.relay.LocalRelay;
import dev.tutti.rules.Document;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ForeignRulesTest {
  private static final RoomName ROOM = new RoomName("mischief:one");
  private static final RoomName NEIGHBOUR = new RoomName("notes:one");
  private static final Claim OWNER = new Claim("olga", "Olga", Role.OWNER);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

  private final MischiefRules mischief = new MischiefRules();
  private final RulesCounts counts = new RulesCounts();
  private final List<RulesWatch> watches = new ArrayList<>();
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final MemoryJournal journal = new MemoryJournal();
  private Rooms rooms = rooms(Duration.ofMinutes(1));

  @AfterEach
  void end() {
    mischief.enough.set(true);
    watches.forEach(RulesWatch::close);
    loop.shutdownNow();
  }

  @Test
  void whatRulesDoWrongHarmsOnlyTheirOwnCommand() {
    long n = 0;
    for (String what : mischief.failing.keySet()) {
      assertThat(code(send(what).join())).as(what).isEqualTo(Code.INTERNAL);
      assertThat(send("count").join()).as("after " + what).isEqualTo(new Outcome.Accepted(++n));
    }
    assertThat(code(send("parse").join())).isEqualTo(Code.INTERNAL);
    assertThat(code(send("too much").join())).isEqualTo(Code.TOO_LARGE);
    assertThat(counts.failures().total()).isEqualTo(n + 1);
    assertThat(good()).isEqualTo(n);
  }

  @Test
  void anUndoThatIsNoDecisionFailsAlone() {
    send("count").join();
    assertThat(code(submit(ROOM, new ChangeCommand.Undo(1)).join())).isEqualTo(Code.INTERNAL);
    assertThat(send("count").join()).isEqualTo(new Outcome.Accepted(2));
  }

  @Test
  void rulesCannotChangeWhatIsThere() {
    send("count").join();
    assertThat(send("change what is there").join()).isEqualTo(new Outcome.Accepted(2));
    assertThat(send("count").join()).isEqualTo(new Outcome.Accepted(3));
    assertThat(good()).isEqualTo(2);
  }

  @Test
  void aListHasNoTitleWhereRulesFailAtIt() {
    send("count").join();
    Listing listing = rooms.list(new Listing.Query("", "", 10), room -> OWNER).join();
    assertThat(listing.rooms()).singleElement().satisfies(it -> assertThat(it.title()).isEmpty());
  }

  @Test
  void aRoomOnTheSameLoopDoesNotWaitForRulesThatLoop() {
    CompletableFuture<Outcome> loops = send("loop");
    assertThat(note().join()).isInstanceOf(Outcome.Accepted.class);
    assertThat(loops).isNotDone();
    mischief.enough.set(true);
    assertThat(loops.join()).isEqualTo(new Outcome.Accepted(1));
  }

  @Test
  void aCommandThatLoopsIsRefusedAndThoseAroundItAreNot() {
    hurry();
    CompletableFuture<Outcome> before = send("count");
    CompletableFuture<Outcome> loops = send("loop until interrupted");
    CompletableFuture<Outcome> after = send("count");
    assertThat(code(loops.join())).isEqualTo(Code.INTERNAL);
    assertThat(before.join()).isEqualTo(new Outcome.Accepted(2));
    assertThat(after.join()).isEqualTo(new Outcome.Accepted(3));
    assertThat(counts.overruns().total()).isEqualTo(1);
  }

  @Test
  void aTypeWhoseLoopsDoNotEndIsLeftAloneUntilTheyDo() {
    hurry();
    for (int i = 0; i < 3; i++) {
      assertThat(code(send("loop").join())).isEqualTo(Code.INTERNAL);
    }
    assertThat(code(send("count").join())).as("no thread is left").isEqualTo(Code.INTERNAL);
    assertThat(note().join()).isInstanceOf(Outcome.Accepted.class);
    assertThat(counts.overruns().total()).isEqualTo(3);
    mischief.enough.set(true);
    Outcome outcome = send("count").join();
    while (!(outcome instanceof Outcome.Accepted)) {
      outcome = send("count").join();
    }
    assertThat(outcome).isEqualTo(new Outcome.Accepted(2));
  }

  @Test
  void whatRulesSayByChanceIsTheSameForAll() {
    for (int i = 0; i < 20; i++) {
      send("random").join();
    }
    Document told = journal().join();
    assertThat(document()).isEqualTo(told);
  }

  /** From now on there is little time, for all that is slow only the first time was done. */
  private void hurry() {
    assertThat(send("random").join()).isEqualTo(new Outcome.Accepted(1));
    rooms = rooms(SHORT);
  }

  private Rooms rooms(Duration budget) {
    RulesWatch watch = new RulesWatch(budget, counts);
    watches.add(watch);
    RoomContext context =
        new RoomContext(
            journal,
            new LocalRelay(),
            new SnapshotWriter(journal, Runnable::run),
            RoomSettings.DEFAULTS,
            InstantSource.system(),
            new Random(1));
    Rulesets types = Rulesets.of(List.of(new NotesRules())).withForeign(mischief, watch);
    return new Rooms(types, context, List.of(home()));
  }

  private CompletableFuture<Document> journal() {
    return journal
        .find(ROOM)
        .thenCompose(head -> journal.readAfter(head.orElseThrow().id(), 0, 100))
        .thenApply(entries -> {
          Document document = Document.empty();
          for (var entry : entries) {
            document = document.apply((ObjectNode) new JsonMapper().readTree(entry.patch()));
          }
          return document;
        });
  }

  private CompletableFuture<Outcome> send(String what) {
    return submit(ROOM, new ForeignRules.Unread(what, NOTHING));
  }

  private CompletableFuture<Outcome> note() {
    return submit(NEIGHBOUR, "a note");
  }

  private CompletableFuture<Outcome> submit(RoomName room, Object command) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    rooms.submit(
        room,
        new Proposal(UUID.randomUUID(), 1, command, Optional.empty(), null, OWNER),
        outcome::complete);
    return outcome.orTimeout(30, TimeUnit.SECONDS);
  }

  private static Code code(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused) outcome).code();
  }

  private long good() {
    return document().entity("things", "good").orElseThrow().get("n").asLong();
  }

  private Document document() {
    CompletableFuture<View> seen = new CompletableFuture<>();
    rooms.view(ROOM, OWNER, new Codecs(Limits.DEFAULTS).json(), seen::complete);
    View.Seen view = (View.Seen) seen.join();
    return Document.of((ObjectNode) new JsonMapper().readTree(view.subscribed()).get("document"));
  }

  private Home home() {
    return new Home() {
      @Override
      public void execute(Runnable task) {
        loop.execute(task);
      }

      @Override
      public void later(long millis, Runnable task) {
        loop.schedule(task, millis, TimeUnit.MILLISECONDS);
      }
    };
  }
}
