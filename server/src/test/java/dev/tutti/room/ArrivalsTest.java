package dev.tutti.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.fanout.Format;
import dev.tutti.fanout.Frame;
import dev.tutti.fanout.LoopFanout;
import dev.tutti.fanout.Outlet;
import dev.tutti.fanout.Reader;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import dev.tutti.journal.JournalException;
import dev.tutti.journal.MemoryJournal;
import dev.tutti.journal.Opening;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Codecs;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.relay.LocalRelay;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever wants to read a room while its journal says nothing. */
class ArrivalsTest {
  private static final RoomName ROOM = new RoomName("notes:one");
  private static final Claim ANA = new Claim("ana", "Ana", Role.EDITOR);

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private final Codecs codecs = new Codecs(Limits.DEFAULTS);
  private final CompletableFuture<Void> outage = new CompletableFuture<>();
  private final LoopFanout loop =
      new LoopFanout(Runnable::run, (format, payload, id) -> () -> {}, codecs);
  private final MemoryJournal journal = new Away();
  private final Rooms rooms = rooms();
  private long nowMillis = 1_000_000;

  @Test
  void whoWaitsForTheJournalLongerThanTheRoomHasPatienceIsRefusedAndMayAskAgain() {
    join("first");
    view("first");
    history("first");
    export("first");
    pass(9_000);
    view("later");
    assertThat(told).isEmpty();
    pass(2_000);
    assertThat(told)
        .containsExactlyInAnyOrder(
            "first subscribe UNAVAILABLE",
            "first view UNAVAILABLE",
            "first history UNAVAILABLE",
            "first export UNAVAILABLE");
    told.clear();
    join("again");
    outage.complete(null);
    run();
    assertThat(told).containsExactly("later view seen", "again subscribe seated");
  }

  @Test
  void whoLeavesWhileTheJournalIsAwayIsAnsweredBehindTheRefusal() {
    Reader reader = join("ana");
    rooms.leave(ROOM, reader, loop, () -> told.add("left"));
    pass(11_000);
    assertThat(told).containsExactly("ana subscribe UNAVAILABLE", "left");
  }

  @Test
  void aListThatHasToLoadARoomFailsLikeItsJournal() {
    long id = journal.create(ROOM).join().id();
    var first = new Entry(1, new UUID(1, 1), 0, "note.added", "ana", Instant.EPOCH, "{}");
    journal.append(new Batch(id, 0, List.of(first)));
    CompletableFuture<Listing> list = rooms.list(new Listing.Query("", "", 10), room -> ANA);
    pass(11_000);
    assertThat(list).isCompletedExceptionally();
    assertThatThrownBy(list::join).hasCauseInstanceOf(JournalException.class);
  }

  @Test
  void soManyMayWaitForOneRoomAndNoMore() {
    for (int i = 0; i < 65_536; i++) {
      view("one");
    }
    run();
    assertThat(told).isEmpty();
    view("too many");
    run();
    assertThat(told).containsExactly("too many view UNAVAILABLE");
  }

  private Reader join(String who) {
    var reader = new Reader(new Anywhere(), new Content(who), 0);
    rooms.join(
        ROOM, new Member(1, who, ANA, true, "", 0, reader, loop, codecs.json(), new Refused(who)));
    return reader;
  }

  private void view(String who) {
    rooms.view(
        ROOM,
        ANA,
        codecs.json(),
        view ->
            told.add(
                who
                    + " view "
                    + switch (view) {
                      case View.Seen seen -> "seen";
                      case View.Hidden(Outcome.Refused refusal) -> refusal.code();
                    }));
  }

  private void history(String who) {
    rooms.history(
        ANA,
        new ClientMessage.History(0, ROOM, null, null, 10, null),
        page ->
            told.add(
                who
                    + " history "
                    + switch (page) {
                      case Page.Read read -> "read";
                      case Page.Refused(Outcome.Refused refusal) -> refusal.code();
                    }));
  }

  private void export(String who) {
    rooms.export(
        ROOM,
        ANA,
        codecs.json(),
        export -> told.add(who + " export"),
        refusal -> told.add(who + " export " + refusal.code()));
  }

  /** Time passes, and the sweep of each second comes by. */
  private void pass(long millis) {
    run();
    nowMillis += millis;
    rooms.sweep();
    run();
  }

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
  }

  private Rooms rooms() {
    var context =
        new RoomContext(
            journal,
            new LocalRelay(),
            new SnapshotWriter(journal, Runnable::run),
            RoomSettings.DEFAULTS,
            () -> Instant.ofEpochMilli(nowMillis),
            new Random(1));
    var home =
        new Home() {
          @Override
          public void execute(Runnable task) {
            tasks.add(task);
          }

          @Override
          public void later(long millis, Runnable task) {}
        };
    return new Rooms(Rulesets.of(List.of(new NotesRules())), context, List.of(home));
  }

  /** A journal that takes questions and answers them when the outage is over. */
  private final class Away extends MemoryJournal {
    @Override
    public synchronized CompletableFuture<Opening> opening(RoomName room, int back, int limit) {
      return outage.thenCompose(over -> super.opening(room, back, limit));
    }
  }

  private record Anywhere() implements Outlet {
    @Override
    public Format format() {
      return Format.JSON;
    }

    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public void write(Frame frame) {}

    @Override
    public void flush() {}
  }

  private final class Content implements Reader.Wants {
    private final String who;

    Content(String who) {
      this.who = who;
    }

    @Override
    public void catchUp(Reader reader, long sent, boolean joined) {}

    @Override
    public void arrived(Reader reader, long seq) {
      told.add(who + " subscribe seated");
    }
  }

  private final class Refused implements Member.Seat {
    private final String who;

    Refused(String who) {
      this.who = who;
    }

    @Override
    public void refused(Outcome.Refused refusal) {
      told.add(who + " subscribe " + refusal.code());
    }

    @Override
    public void role(Role role) {}

    @Override
    public void removed(String sentence) {}
  }
}
