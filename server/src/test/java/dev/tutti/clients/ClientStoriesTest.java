package dev.tutti.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.tutti.browser.Chromium;
import dev.tutti.fault.Proxy;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.protocol.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What happens to whoever uses a client library, told once and played by both. */
class ClientStoriesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CATCH_UP = 40;

  private static PostgresSettings database;
  private static Venue venue;
  private static Venue elsewhere;
  private static Page page;

  private final List<Peer> peers = new ArrayList<>();
  private final String room = "board:story-" + UUID.randomUUID();
  private final Proxy proxy = Proxy.before(venue.port());

  /** Who plays. */
  enum Player {
    JAVA,
    SCRIPT
  }

  @BeforeAll
  static void open() {
    database = TestPostgres.database();
    venue =
        Venue.over(
            database,
            Map.of(
                "TUTTI_MAX_CATCH_UP_EVENTS",
                Integer.toString(CATCH_UP),
                "TUTTI_MAX_SUBSCRIPTIONS",
                "2"));
    elsewhere = Venue.over(TestPostgres.database(), Map.of("TUTTI_PING_MILLIS", "300"));
    page = Chromium.browser().newPage();
  }

  @AfterAll
  static void close() {
    page.close();
    elsewhere.close();
    venue.close();
  }

  @AfterEach
  void leave() {
    peers.forEach(Peer::close);
    proxy.close();
  }

  @ParameterizedTest
  @EnumSource
  void oneSeesWhatTheOtherDoes(Player player) {
    Peer ana = joined(player, "Ana");
    ana.send("first", room, "column.add", column("c1"));
    until(() -> ana.outcome("first").equals("seq 1"));
    Peer bo = joined(player, "Bo");
    until(() -> title(bo, "c1").equals("c1"));
    ana.send("second", room, "column.add", column("c2"));
    until(() -> title(bo, "c2").equals("c2"));
    until(() -> !bo.events(room).isEmpty());
    assertThat(bo.events(room)).containsExactly(2L);
    until(() -> ana.outcome("second").equals("seq 2")); // Bo may have heard of it before her.
    assertThat(bo.confirmed(room)).isEqualTo(ana.confirmed(room));
    until(() -> ana.status().equals("saved"));
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalTakesBackItsOwnPredictionAndNothingElse(Player player) throws Exception {
    Peer ana = joined(player, "Ana");
    add(ana, "c1");
    proxy.freeze();
    ana.send("wrong", room, "column.rename", renaming("gone", "Nowhere"));
    ana.send("right", room, "column.rename", renaming("c1", "Later"));
    assertThat(title(ana, "gone")).isEqualTo("Nowhere");
    assertThat(title(ana, "c1")).isEqualTo("Later");
    assertThat(ana.confirmed(room).at("/columns/c1/title").asString()).isEqualTo("c1");
    proxy.thaw();
    until(() -> ana.outcome("right").equals("seq 2"));
    until(() -> ana.outcome("wrong").equals("not_found"));
    assertThat(ana.document(room)).isEqualTo(venue.document(room)).isEqualTo(ana.confirmed(room));
  }

  @ParameterizedTest
  @EnumSource
  void whoExpectsSomethingElseIsToldSo(Player player) {
    Peer ana = joined(player, "Ana");
    add(ana, "c1");
    String expect = "{\"columns\":{\"c1\":{\"title\":\"another\"}}}";
    ana.send("stale", room, "column.rename", renaming("c1", "Later"), "", expect);
    until(() -> ana.outcome("stale").equals("stale"));
    until(() -> title(ana, "c1").equals("c1"));
  }

  @ParameterizedTest
  @EnumSource
  void whatACutCatchesOnItsWayHappensOnceAndInOrder(Player player) throws Exception {
    Peer ana = joined(player, "Ana");
    add(ana, "c0");
    IntStream.range(0, 120)
        .forEach(i -> ana.send("add" + i, room, "ticket.add", ticket("t" + i, "c0")));
    until(() -> !ana.outcome("add5").isEmpty());
    proxy.cut();
    until(() -> ana.status().equals("saved"));
    for (int i = 0; i < 120; i++) {
      String handle = "add" + i;
      String seq = "seq " + (i + 2);
      until(() -> ana.outcome(handle).equals(seq));
    }
    assertThat(venue.events(room, 0)).hasSize(121);
    assertThat(ana.document(room)).isEqualTo(venue.document(room));
  }

  @ParameterizedTest
  @EnumSource
  void aCutLeavesNoGap(Player player) throws Exception {
    Peer ana = joined(player, "Ana");
    add(ana, "c1");
    proxy.refuse();
    until(() -> ana.status().equals("offline"));
    for (int i = 2; i <= 20; i++) {
      venue.does(room, "column.rename", renaming("c1", "title " + i));
    }
    proxy.admit();
    until(() -> title(ana, "c1").equals("title 20"));
    // They are told behind the document, on another thread than this.
    until(() -> ana.events(room).size() >= 20);
    assertThat(ana.events(room)).isEqualTo(upTo(20));
    assertThat(ana.resets(room)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void whoWasAwayForTooLongGetsTheDocument(Player player) throws Exception {
    Peer ana = joined(player, "Ana");
    add(ana, "c1");
    proxy.refuse();
    for (int i = 2; i <= CATCH_UP + 10; i++) {
      venue.does(room, "column.rename", renaming("c1", "title " + i));
    }
    proxy.admit();
    until(() -> title(ana, "c1").equals("title " + (CATCH_UP + 10)));
    until(() -> ana.resets(room) == 2);
    assertThat(ana.events(room)).containsExactly(1L);
  }

  @ParameterizedTest
  @EnumSource
  void anotherEpochReplacesEverything(Player player) throws Exception {
    elsewhere.does(room, "column.add", column("other"));
    Peer ana = joined(player, "Ana");
    add(ana, "c1");
    String before = ana.epoch(room);
    proxy.leadTo(elsewhere.port());
    proxy.cut();
    until(() -> title(ana, "other").equals("other"));
    assertThat(title(ana, "c1")).isEmpty();
    assertThat(ana.epoch(room)).isNotEqualTo(before);
    assertThat(ana.document(room)).isEqualTo(elsewhere.document(room));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDoneOfflineIsSentInItsOrder(Player player) {
    Peer ana = joined(player, "Ana");
    add(ana, "c0");
    proxy.refuse();
    until(() -> ana.status().equals("offline"));
    for (int i = 1; i <= 10; i++) {
      ana.send("add" + i, room, "column.add", column("c" + i));
    }
    assertThat(ana.status()).isEqualTo("offline, 10 waiting");
    proxy.admit();
    ana.tryNow();
    until(() -> ana.status().equals("saved"));
    for (int i = 1; i <= 10; i++) {
      String handle = "add" + i;
      String seq = "seq " + (i + 1);
      until(() -> ana.outcome(handle).equals(seq));
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneKeyHappensOnce(Player player) throws Exception {
    Peer ana = joined(player, "Ana");
    Peer bo = joined(player, "Bo");
    String key = UUID.randomUUID().toString();
    ana.send("one", room, "column.add", column("c1"), key, "");
    until(() -> ana.outcome("one").equals("seq 1"));
    bo.send("same", room, "column.add", column("c1"), key, "");
    bo.send("other", room, "column.add", column("c2"), key, "");
    until(() -> bo.outcome("same").equals("seq 1"));
    until(() -> bo.outcome("other").equals("key_reused"));
    assertThat(venue.events(room, 0)).hasSize(1);
    proxy.refuse();
    until(() -> bo.status().equals("offline"));
    String later = UUID.randomUUID().toString();
    bo.send("waits", room, "column.add", column("c3"), later, "");
    bo.send("too", room, "column.add", column("c4"), later, "");
    until(() -> bo.outcome("too").equals("key_reused"));
    proxy.admit();
    bo.tryNow();
    until(() -> bo.outcome("waits").equals("seq 2"));
    assertThat(bo.document(room)).isEqualTo(venue.document(room));
  }

  @ParameterizedTest
  @EnumSource
  void aRoleThatChangesIsToldAndHeld(Player player) throws Exception {
    Peer ana = joined(player, "Ana");
    add(ana, "c1");
    assertThat(ana.role(room)).isEqualTo("editor");
    venue.does(room, "access.grant", access(ana, ",\"role\":\"viewer\""));
    until(() -> ana.role(room).equals("viewer"));
    ana.send("late", room, "column.rename", renaming("c1", "Mine"));
    until(() -> ana.outcome("late").equals("forbidden"));
    assertThat(title(ana, "c1")).isEqualTo("c1");
    venue.does(room, "access.revoke", access(ana, ""));
    until(() -> ana.closed(room).equals("forbidden"));
  }

  @ParameterizedTest
  @EnumSource
  void peopleSeeEachOtherAndHearWhatIsSaidInPassing(Player player) {
    Peer ana = joined(player, "Ana");
    Peer bo = joined(player, "Bo");
    until(() -> ana.members(room).equals(List.of("Ana {}", "Bo {}")));
    bo.presence(room, "{\"at\":\"t1\"}");
    until(() -> ana.members(room).contains("Bo {\"at\":\"t1\"}"));
    bo.signal(room, "cursor", "{\"x\":1}");
    until(() -> ana.signals(room).contains("cursor {\"x\":1}"));
    proxy.cut();
    until(() -> ana.members(room).equals(List.of("Ana {}", "Bo {\"at\":\"t1\"}")));
    peers.remove(bo);
    bo.close();
    until(() -> ana.members(room).equals(List.of("Ana {}")));
  }

  @ParameterizedTest
  @EnumSource
  void aChangeIsTakenBackAndMadeAgain(Player player) throws Exception {
    Peer ana = joined(player, "Ana");
    add(ana, "c1");
    ana.send("rename", room, "column.rename", renaming("c1", "Later"));
    ana.undo("undo", room);
    until(() -> ana.outcome("undo").equals("seq 3"));
    assertThat(title(ana, "c1")).isEqualTo("c1");
    ana.redo("redo", room);
    until(() -> ana.outcome("redo").equals("seq 4"));
    assertThat(title(ana, "c1")).isEqualTo("Later");
    venue.does(room, "column.rename", renaming("c1", "Olga's"));
    ana.undo("late", room);
    until(() -> ana.outcome("late").equals("stale"));
    until(() -> title(ana, "c1").equals("Olga's"));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTakenBackOfflineIsTakenBackOnceAndTheLastFirst(Player player) throws Exception {
    Peer ana = joined(player, "Ana");
    add(ana, "c1");
    ana.send("before", room, "column.rename", renaming("c1", "Before"));
    until(() -> ana.outcome("before").equals("seq 2"));
    proxy.refuse();
    until(() -> ana.status().equals("offline"));
    ana.send("first", room, "column.rename", renaming("c1", "First"));
    ana.send("second", room, "column.rename", renaming("c1", "Second"));
    for (int i = 1; i <= 3; i++) {
      ana.undo("undo" + i, room);
    }
    proxy.admit();
    ana.tryNow();
    for (int i = 1; i <= 3; i++) {
      String handle = "undo" + i;
      String seq = "seq " + (4 + i);
      until(() -> ana.outcome(handle).equals(seq));
    }
    assertThat(title(ana, "c1")).isEqualTo("c1");
    assertThat(venue.events(room, 0)).hasSize(7);
  }

  @ParameterizedTest
  @EnumSource
  void whoDoesNotReadSkipsAheadAndMissesNothing(Player player) throws Exception {
    Peer ana = joined(player, "Ana");
    add(ana, "c1");
    venue.does(room, "ticket.add", ticket("t1", "c1"));
    proxy.freeze();
    String text = "x".repeat(9_000);
    for (int i = 0; i < 150; i++) {
      venue.does(room, "ticket.edit", "{\"ticket\":\"t1\",\"description\":\"" + i + text + "\"}");
    }
    proxy.thaw();
    JsonNode there = venue.document(room);
    until(() -> ana.document(room).equals(there));
    // No gap but by a reset. They are told behind the document, on another thread than this.
    until(() -> ana.events(room).size() >= 152 || ana.resets(room) > 1);
    assertThat(ana.events(room)).as("in order, each once").isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatLeavesIsComeBackToWhenItSaid(Player player) throws Exception {
    Map<String, String> slowly = Map.of("TUTTI_RETURNS_PER_SECOND", "1");
    Peer ana;
    Peer bo;
    try (Venue leaving = Venue.over(database, slowly)) {
      proxy.leadTo(leaving.port());
      ana = joined(player, "Ana");
      bo = joined(player, "Bo");
      add(ana, "c1");
      proxy.leadTo(venue.port());
    }
    until(() -> Math.max(ana.retryMillis(), bo.retryMillis()) > 400 || isBack(ana, bo));
    ana.send("away", room, "column.add", column("c2"));
    until(() -> isBack(ana, bo) && title(bo, "c2").equals("c2"));
    until(() -> ana.outcome("away").equals("seq 2"));
    until(() -> ana.events(room).size() >= 2);
    assertThat(ana.events(room)).containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatFallsSilentIsLeft(Player player) throws Exception {
    proxy.leadTo(elsewhere.port());
    Peer ana = joined(player, "Ana");
    add(ana, "c1");
    proxy.halfOpen();
    elsewhere.does(room, "column.rename", renaming("c1", "Later"));
    until(() -> title(ana, "c1").equals("Later"));
  }

  @ParameterizedTest
  @EnumSource
  void aGuestStaysWhoTheyAreAndReadsThePast(Player player) {
    Peer ana = joined(player, "Ana");
    for (int i = 1; i <= 9; i++) {
      add(ana, "c" + i);
    }
    String user = ana.user();
    assertThat(user).startsWith("guest:ana-");
    proxy.cut();
    ana.send("again", room, "column.add", column("c10"));
    until(() -> ana.outcome("again").equals("seq 10"));
    assertThat(ana.user()).isEqualTo(user);
    assertThat(ana.history(room, 8, 5)).isEqualTo("3 true");
    String session = ana.session();
    ana.rename("Anna\u200B");
    until(() -> ana.members(room).equals(List.of("Anna {}")));
    assertThat(ana.session()).isEqualTo(session);
    assertThat(ana.user()).isEqualTo(user);
    assertThat(ana.history(room, 3, 5)).isEqualTo("1 false");
  }

  @ParameterizedTest
  @EnumSource
  void whoMayNotReadIsToldWhy(Player player) throws Exception {
    venue.does(room, "access.revoke", "{\"user\":\"eve\"}");
    Peer eve = peer(player, new Who.Bearer(Venue.token("eve", Role.EDITOR)));
    eve.join(room);
    eve.send("wish", room, "column.add", column("c1"));
    until(() -> eve.closed(room).equals("forbidden"));
    until(() -> eve.outcome("wish").equals("forbidden"));
  }

  @ParameterizedTest
  @EnumSource
  void aTokenThatIsNoneEndsIt(Player player) {
    Peer eve = peer(player, new Who.Bearer("not a token"));
    until(() -> eve.status().equals("closed"));
    assertThat(eve.retryMillis()).isNegative();
    assertThat(eve.code()).isEqualTo("unauthorized");
  }

  @ParameterizedTest
  @EnumSource
  void aTokenThatExpiresIsFollowedByTheNext(Player player) {
    Peer olga = joined(player, new Who.Asking(Venue.token("olga", Role.EDITOR)));
    add(olga, "c1");
    olga.signIn(Venue.token("olga", Role.EDITOR, Duration.ofSeconds(2)));
    proxy.cut();
    until(() -> olga.asked() > 1);
    // Behind this, whether that one is still good when it is shown or not, it is the last of its
    // kind.
    olga.signIn(Venue.token("olga", Role.EDITOR));
    until(() -> olga.asked() > 2 && olga.status().equals("saved"));
    add(olga, "c2");
    assertThat(olga.events(room)).containsExactly(1L, 2L);
    assertThat(olga.code()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void tokensThatAreNoneEndIt(Player player) {
    Peer eve = peer(player, new Who.Asking("not a token"));
    until(() -> eve.status().equals("closed"));
    assertThat(eve.asked()).isEqualTo(5);
    assertThat(eve.code()).isEqualTo("unauthorized");
  }

  @ParameterizedTest
  @EnumSource
  void whatOneUserHasWaitingIsNeitherShownToAnotherNorSentByThem(Player player) throws Exception {
    Peer page = joined(player, new Who.Asking(Venue.token("olga", Role.EDITOR)));
    add(page, "c1");
    proxy.refuse();
    until(() -> page.status().equals("offline"));
    page.send("first", room, "column.rename", renaming("c1", "Olga's"));
    page.send("second", room, "column.add", column("c2"));
    assertThat(title(page, "c1")).isEqualTo("Olga's");

    page.signIn(Venue.token("bo", Role.EDITOR));
    proxy.admit();
    page.tryNow();
    until(() -> page.user().equals("bo") && page.status().equals("saved"));
    assertThat(title(page, "c1")).isEqualTo("c1");
    page.send("own", room, "column.add", column("c3"));
    until(() -> page.outcome("own").equals("seq 2"));
    assertThat(page.outcome("first") + page.outcome("second")).isEmpty();

    page.signIn(Venue.token("olga", Role.EDITOR));
    proxy.cut();
    until(() -> page.outcome("first").equals("seq 3") && page.outcome("second").equals("seq 4"));
    List<String> authors = new ArrayList<>();
    venue.events(room, 0).forEach(event -> authors.add(event.path("by").asString()));
    assertThat(authors).containsExactly("olga", "bo", "olga", "olga");
  }

  @ParameterizedTest
  @EnumSource
  void aRoomTooManyLeavesTheOthersAlone(Player player) {
    Peer ana = joined(player, "Ana");
    String second = room + "-2";
    String third = room + "-3";
    ana.join(second);
    ana.join(third);
    ana.send("there", third, "column.add", column("c1"));
    until(() -> ana.closed(third).equals("too_fast"));
    until(() -> ana.outcome("there").equals("seq 1"));
    String session = ana.session();
    add(ana, "c1");
    assertThat(ana.session()).isEqualTo(session);
    ana.leave(second);
    until(() -> title(ana, third, "c1").equals("c1"));
    assertThat(ana.session()).isEqualTo(session);
  }

  @ParameterizedTest
  @EnumSource
  void aRoomThatIsFullHoldsUpNoOther(Player player) throws Exception {
    String other = room + "-2";
    try (Venue narrow = Venue.over(database, Map.of("TUTTI_MAX_ROOM_QUEUE", "1"));
        var held = TestPostgres.connect(database);
        var lock = held.prepareStatement("select id from room where name = ? for update")) {
      proxy.leadTo(narrow.port());
      Peer ana = joined(player, "Ana");
      ana.join(other);
      add(ana, "c1");
      held.setAutoCommit(false);
      lock.setString(1, room);
      assertThat(lock.executeQuery().next()).isTrue();
      ana.send("waits", room, "column.add", column("c2"));
      ana.send("full", room, "column.add", column("c3"));
      until(() -> narrow.refused("too_fast") > 0);
      ana.history(room, 2, 1); // Behind its answer the refusal has come.
      ana.send("there", other, "column.add", column("c1"));
      until(() -> ana.outcome("there").equals("seq 1"));
      assertThat(ana.outcome("waits") + ana.outcome("full")).isEmpty();
      held.rollback();
      until(() -> ana.outcome("waits").equals("seq 2"));
      until(() -> ana.outcome("full").equals("seq 3"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyCountsInItsRoom(Player player) {
    Peer ana = joined(player, "Ana");
    String other = room + "-2";
    ana.join(other);
    String key = UUID.randomUUID().toString();
    proxy.refuse();
    until(() -> ana.status().equals("offline"));
    ana.send("there", other, "column.add", column("c1"), key, "");
    ana.send("here", room, "column.rename", renaming("gone", "Nowhere"), key, "");
    proxy.admit();
    ana.tryNow();
    until(() -> ana.outcome("there").equals("seq 1"));
    until(() -> ana.outcome("here").equals("not_found"));
  }

  private static boolean isBack(Peer... all) {
    return List.of(all).stream().allMatch(peer -> peer.status().equals("saved"));
  }

  private Peer joined(Player player, String name) {
    return joined(player, new Who.Guest(name));
  }

  private Peer joined(Player player, Who who) {
    Peer peer = peer(player, who);
    peer.join(room);
    until(() -> !peer.epoch(room).isEmpty());
    return peer;
  }

  private Peer peer(Player player, Who who) {
    Peer peer =
        switch (player) {
          case JAVA -> new JavaPeer(proxy.port(), who);
          case SCRIPT -> {
            if (peers.isEmpty()) {
              // A page may connect to where it came from.
              page.navigate("http://127.0.0.1:" + proxy.port() + "/clients/peers.html");
              page.waitForFunction("() => window.peer");
            }
            yield new ScriptPeer(page, proxy.port(), who);
          }
        };
    peers.add(peer);
    return peer;
  }

  private void add(Peer peer, String column) {
    peer.send("added " + column, room, "column.add", column(column));
    until(() -> peer.outcome("added " + column).startsWith("seq "));
  }

  private String title(Peer peer, String column) {
    return title(peer, room, column);
  }

  private static String title(Peer peer, String room, String column) {
    return peer.document(room).path("columns").path(column).path("title").asString("");
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  private static String column(String id) {
    return "{\"column\":\"%s\",\"title\":\"%s\"}".formatted(id, id);
  }

  private static String renaming(String column, String title) {
    return "{\"column\":\"%s\",\"title\":\"%s\"}".formatted(column, title);
  }

  private static String ticket(String id, String column) {
    return "{\"ticket\":\"%s\",\"column\":\"%s\",\"title\":\"A\"}".formatted(id, column);
  }

  private static String access(Peer peer, String more) {
    return "{\"user\":\"" + peer.user() + "\"" + more + "}";
  }

  private static void until(Callable<Boolean> condition) {
    await()
        .atMost(PATIENCE)
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(10))
        .until(condition);
  }
}
