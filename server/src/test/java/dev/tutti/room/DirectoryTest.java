package dev.tutti.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.journal.MemoryJournal;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.relay.LocalRelay;
import dev.tutti.rules.board.BoardRules;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Who is told of which rooms, on an instance that knows of none of them yet. */
class DirectoryTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final MemoryJournal journal = new MemoryJournal();
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private Rooms rooms = rooms();
  private int keys;

  @Test
  void aListGivesTitlesAndTheRoleOfWhoeverAsks() {
    create("board:b", "Second");
    create("board:a", "First");
    does("board:c", "column.add", "{'title':'To do'}");
    restart();
    assertThat(names(list("board:", "", 9, "ana", Role.EDITOR)))
        .containsExactly("board:a First owner", "board:b Second owner", "board:c - editor");
  }

  @Test
  void nobodyIsToldOfARoomThatAccessKeepsFromThem() {
    create("board:open", "Open");
    create("board:secret", "Secret");
    does("board:secret", "access.revoke", "{'user':'bo'}");
    assertThat(names(list("", "", 9, "bo", Role.EDITOR))).containsExactly("board:open Open editor");
    assertThat(names(list("", "", 1, "bo", Role.EDITOR))).containsExactly("board:open Open editor");
    does("board:open", "access.revoke", "{'user':'bo'}");
    assertThat(names(list("", "", 9, "bo", Role.EDITOR))).isEmpty();
  }

  @Test
  void whoeverHasARoleByAccessAloneIsToldOfTheRoom() {
    create("board:a", "A");
    does("board:a", "access.grant", "{'user':'bo','role':'viewer'}");
    create("board:b", "B");
    assertThat(names(list("", "", 9, "bo", Role.NONE))).containsExactly("board:a A viewer");
  }

  @Test
  void roomsThatMayNotBeReadDoNotCountAgainstTheLimit() {
    for (int i = 0; i < 5; i++) {
      create("board:a" + i, "A");
      does("board:a" + i, "access.revoke", "{'user':'bo'}");
    }
    create("board:b", "B");
    Listing listing = list("board:", "", 1, "bo", Role.VIEWER);
    assertThat(names(listing)).containsExactly("board:b B viewer");
    assertThat(listing.next()).isEmpty();
  }

  @Test
  void pagesFollowEachOtherUntilAllRoomsWereThere() {
    for (int i = 0; i < 250; i++) {
      create("board:r%03d".formatted(i), "Room " + i);
    }
    restart();
    List<String> all = new ArrayList<>();
    Optional<String> after = Optional.of("");
    int pages = 0;
    while (after.isPresent()) {
      Listing page = list("board:", after.get(), 200, "bo", Role.VIEWER);
      all.addAll(names(page));
      after = page.next();
      pages++;
    }
    assertThat(all).hasSize(250).doesNotHaveDuplicates().isSorted();
    assertThat(pages).as("each has loaded a hundred rooms at most").isEqualTo(3);
    assertThat(names(list("board:", "", 200, "bo", Role.VIEWER))).hasSize(200);
  }

  @Test
  void aRoomInWhichNothingHappenedIsNotThere() {
    journal.create(new RoomName("board:empty"));
    journal.create(new RoomName("unknown:type"));
    assertThat(names(list("", "", 9, "ana", Role.OWNER))).isEmpty();
  }

  @Test
  void whatARoomOfAnotherInstanceSaysNowIsAskedAnew() {
    create("board:a", "Old");
    assertThat(names(list("", "", 9, "ana", Role.VIEWER))).containsExactly("board:a Old owner");
    Rooms here = rooms;
    restart();
    does("board:a", "board.rename", "{'title':'New'}");
    here.heal();
    run();
    rooms = here;
    assertThat(names(list("", "", 9, "ana", Role.VIEWER))).containsExactly("board:a New owner");
  }

  private void create(String room, String title) {
    does(room, "room.create", "{'title':'%s'}".formatted(title));
  }

  private void does(String room, String name, String args) {
    ClientMessage.Command command =
        new ClientMessage.Command(
            0,
            new RoomName(room),
            new UUID(1, ++keys),
            name,
            (ObjectNode) JSON.readTree(args.replace('\'', '"')),
            null);
    List<Outcome> outcomes = new ArrayList<>();
    rooms.submit(
        command.room(),
        Proposal.of(
            command, new Claim("ana", "Ana", Role.EDITOR), rooms.rules(command.room()).get()),
        outcomes::add);
    run();
    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Accepted.class).hasSize(1);
  }

  private Listing list(String prefix, String after, int limit, String user, Role role) {
    CompletableFuture<Listing> listing =
        rooms.list(new Listing.Query(prefix, after, limit), room -> new Claim(user, user, role));
    run();
    return listing.join();
  }

  private static List<String> names(Listing listing) {
    return listing.rooms().stream()
        .map(r -> r.room() + " " + r.title().orElse("-") + " " + r.role().wire())
        .toList();
  }

  private void restart() {
    rooms = rooms();
  }

  private Rooms rooms() {
    RoomContext context =
        new RoomContext(
            journal,
            new LocalRelay(),
            new SnapshotWriter(journal, Runnable::run),
            new RoomSettings(Limits.DEFAULTS, 1_000, 1 << 20, 60_000, 500, 10_000, 10, 33),
            InstantSource.system(),
            new Random(1));
    return new Rooms(Rulesets.of(List.of(new BoardRules())), context, List.of(home()));
  }

  private Home home() {
    return new Home() {
      @Override
      public void execute(Runnable task) {
        tasks.add(task);
      }

      @Override
      public void later(long millis, Runnable task) {
        tasks.add(task);
      }
    };
  }

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
  }
}
