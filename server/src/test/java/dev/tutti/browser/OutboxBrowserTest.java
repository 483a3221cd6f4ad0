package dev.tutti.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.tutti.fault.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** Commands that wait in a real browser's storage, tabs that share them, a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxBrowserTest {
  private static final String NO_DATABASE =
      "IDBFactory.prototype.open = () => { throw new DOMException('No.', 'SecurityError'); };";
  private static final String FULL_DISK =
      "IDBObjectStore.prototype.add = function () { this.transaction.abort(); };";

  private Proxy proxy;
  private String url;
  private String board;
  private BrowserContext ana;

  @BeforeAll
  void start() throws Exception {
    proxy = Proxy.before(SharedServer.port());
    url = "http://127.0.0.1:" + proxy.port();
  }

  @AfterAll
  void stop() {
    proxy.close();
  }

  @BeforeEach
  void aBoardAndABrowserOfItsOwn(TestInfo test) {
    board = "board:" + test.getTestMethod().orElseThrow().getName();
    ana = Chromium.browser().newContext();
  }

  @AfterEach
  void online() {
    proxy.admit();
    ana.close();
  }

  private Person opens() {
    return Person.opens(ana, url, "Ana", board);
  }

  private static String adds(Person person, int ticket) {
    return person.sends(
        "ticket.add", Map.of("ticket", "t" + ticket, "column", "todo", "title", "No. " + ticket));
  }

  private static String edits(Person person, int ticket, String title) {
    return person.sends("ticket.edit", Map.of("ticket", "t" + ticket, "title", title));
  }

  @Test
  void editsMadeOfflineOutliveTheTabAndHappenOnceInTheirOrder() throws Exception {
    Person before = opens().withThreeColumns();
    proxy.refuse();
    before.untilOffline();
    List<String> keys = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      keys.add(adds(before, i));
      keys.add(edits(before, i, "Edited " + i));
    }
    assertThat(before.status()).isEqualTo("offline, 20 waiting");
    before.until("connection.status.outbox === 'stored'").untilStored(20).close();

    proxy.admit();
    AtomicBoolean online = new AtomicBoolean();
    Page reopened = ana.newPage();
    reopened.routeWebSocket(
        "**/v1/ws",
        socket -> {
          if (online.get()) {
            socket.connectToServer();
          } else {
            socket.close();
          }
        });
    Person after = Person.opens(reopened, url, "Ana", board, 1);
    after.untilOffline().until("connection.status.waiting === 20");
    String newest = edits(after, 10, "Edited after the tab was opened again");
    assertThat(after.status()).isEqualTo("offline, 21 waiting");

    online.set(true);
    after.says("connection.tryNow()");
    after.untilQuiet();
    keys.add(newest);
    RoomRecord record = RoomRecord.of(url, board);
    assertThat(record.keys()).hasSize(3 + 21).endsWith(keys.toArray(String[]::new));
    assertThat(after.view()).isEqualTo(record.document());
    after.untilStored(0).close();

    Person again = opens().untilQuiet();
    assertThat(again.says("connection.status.waiting")).isEqualTo(0);
    assertThat(again.keysThatLeft()).isEmpty();
    again.close();
  }

  @Test
  void twoTabsDrainOneOutboxOnceInTheOrderOfTheirEdits() throws Exception {
    Person left = opens().withThreeColumns();
    Person right = opens().untilQuiet();
    proxy.refuse();
    left.untilOffline();
    right.untilOffline();
    List<String> keys = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      keys.add(adds(i % 2 == 0 ? left : right, i));
      for (Person tab : List.of(left, right)) {
        tab.until("connection.status.waiting === " + keys.size());
        tab.until("!!room.document.tickets.t" + i);
      }
    }
    int before = left.keysThatLeft().size() + right.keysThatLeft().size();
    proxy.admit();
    for (Person tab : List.of(left, right)) {
      tab.says("connection.tryNow()");
    }
    left.untilQuiet();
    right.untilQuiet();
    RoomRecord record = RoomRecord.of(url, board);
    assertThat(record.keys()).hasSize(3 + 20).endsWith(keys.toArray(String[]::new));
    List<String> sent = new ArrayList<>(left.keysThatLeft());
    sent.addAll(right.keysThatLeft());
    assertThat(sent).as("each once, by either tab").hasSize(before + 20);
    for (Person tab : List.of(left, right)) {
      assertThat(tab.view()).isEqualTo(record.document());
      assertThat(tab.accepted().keySet()).containsAll(ofTab(tab == left ? 1 : 0, keys));
    }
    left.close();
    right.close();
  }

  /** Every second key. */
  private static List<String> ofTab(int first, List<String> keys) {
    List<String> own = new ArrayList<>();
    for (int i = first; i < keys.size(); i += 2) {
      own.add(keys.get(i));
    }
    return own;
  }

  @Test
  void aConnectionThatWasClosedStoresAsBeforeWhenItIsOpenedAgain() throws Exception {
    Person before = opens().withThreeColumns();
    before.says("connection.close()");
    assertThat(before.says("connection.status.state")).isEqualTo("closed");
    String whileClosed = adds(before, 1);
    before.says("connection.tryNow()");
    before.untilQuiet().until("connection.status.outbox === 'stored'");
    before.says("connection.gate = () => {}");
    String stuck = adds(before, 2);
    before.until("connection.status.waiting === 1").untilStored(1);
    before.says("connection.close()");
    before.close();
    Person after = opens().untilQuiet();
    assertThat(RoomRecord.of(url, board).keys()).hasSize(3 + 2).endsWith(whileClosed, stuck);
    after.close();
  }

  @Test
  void whenTheLeadingTabIsClosedTheOtherSendsWhatItLeft() throws Exception {
    Person leading = opens().withThreeColumns();
    Person other = opens().untilQuiet();
    String first = adds(other, 1);
    other.untilQuiet();
    assertThat(leading.keysThatLeft()).as("the leading tab sends for both").contains(first);
    leading.says("connection.gate = (direction, text, pass) => direction === 'in' && pass()");
    String stuck = adds(leading, 2);
    other.until("connection.status.waiting === 1");
    leading.close();
    other.untilQuiet();
    assertThat(other.keysThatLeft()).containsExactly(stuck);
    assertThat(RoomRecord.of(url, board).keys()).hasSize(3 + 2).endsWith(first, stuck);
    other.close();
  }

  @Test
  void aTabThatHangsIsRobbedOfWhatIsMadeInOthersOnlineAndOffline() throws Exception {
    Person leading = opens().withThreeColumns();
    AtomicBoolean online = new AtomicBoolean(true);
    Page page = ana.newPage();
    page.routeWebSocket(
        "**/v1/ws",
        socket -> {
          if (online.get()) {
            socket.connectToServer();
          } else {
            socket.close();
          }
        });
    Person other = Person.opens(page, url, "Ana", board, 1).untilQuiet();
    String calm = adds(other, 1);
    other.untilQuiet();
    assertThat(leading.keysThatLeft()).contains(calm);
    online.set(false);
    other.says("connection.cut()");
    CDPSession debugger = ana.newCDPSession(leading.page());
    debugger.send("Debugger.enable");
    debugger.send("Debugger.pause"); // Whatever it is told next, it does nothing about it.
    String offline = adds(other, 2);
    assertThat(other.status()).isEqualTo("offline, 1 waiting");
    online.set(true);
    other.says("connection.tryNow()");
    other.untilQuiet();
    assertThat(other.keysThatLeft()).containsExactly(offline);

    debugger.send("Debugger.disable");
    leading.untilQuiet();
    assertThat(RoomRecord.of(url, board).keys()).hasSize(3 + 2).endsWith(calm, offline);
    leading.close();
    other.close();
  }

  @Test
  void aRefusalTakesBackItsOwnCommandAndNoOther() throws Exception {
    Person bo = Person.opens(ana, url, "Bo", board).withThreeColumns();
    adds(bo, 1);
    bo.sends("ticket.move", Map.of("ticket", "t1", "column", "doing"));
    bo.sends("column.limit", Map.of("column", "doing", "limit", 1));
    adds(bo, 2);
    adds(bo, 3);
    bo.untilQuiet();
    proxy.refuse();
    bo.untilOffline();
    edits(bo, 2, "Stays");
    String tooMuch = bo.sends("ticket.move", Map.of("ticket", "t2", "column", "doing"));
    bo.sends("ticket.move", Map.of("ticket", "t3", "column", "done"));
    assertThat(bo.view().at("/tickets/t2/column").asString()).isEqualTo("doing");
    proxy.admit();
    bo.says("connection.tryNow()");
    bo.untilQuiet();
    assertThat(bo.refused()).containsExactly(Map.of("key", tooMuch, "code", "rule"));
    assertThat(bo.view().at("/tickets/t2/column").asString()).isEqualTo("todo");
    assertThat(bo.view().at("/tickets/t2/title").asString()).isEqualTo("Stays");
    assertThat(bo.view().at("/tickets/t3/column").asString()).isEqualTo("done");
    assertThat(RoomRecord.of(url, board).keys()).doesNotContain(tooMuch);
    bo.close();
  }

  @Test
  void whereTheBrowserStoresNothingItGoesOnInMemoryAndSaysSo() {
    for (String broken : List.of(NO_DATABASE, FULL_DISK)) {
      BrowserContext context = Chromium.browser().newContext();
      context.addInitScript(broken);
      Person person = Person.opens(context, url, "Ana", board);
      person.until("connection.status.state === 'saved' && room.document");
      person.sends("board.rename", Map.of("title", "Kept in mind"));
      person.untilQuiet().until("connection.status.outbox === 'memory'");
      assertThat(person.view().at("/board/info/title").asString()).isEqualTo("Kept in mind");
      person.close();
      context.close();
    }
  }

  @Test
  void aChangeIsTakenBackAndDoneAgainUnlessSomebodyElseHasChangedIt() {
    Person me = opens().withThreeColumns();
    adds(me, 1);
    edits(me, 1, "Mine");
    me.untilQuiet();
    me.page().evaluate("() => person.room.undo()");
    assertThat(me.view().at("/tickets/t1/title").asString()).isEqualTo("No. 1");
    me.page().evaluate("() => person.room.redo()");
    assertThat(me.view().at("/tickets/t1/title").asString()).isEqualTo("Mine");

    BrowserContext elsewhere = Chromium.browser().newContext();
    Person bo = Person.opens(elsewhere, url, "Bo", board).until("!!room.document");
    edits(bo, 1, "Bo's");
    bo.untilQuiet();
    me.until("room.document.tickets.t1.title === \"Bo's\"");
    Object code =
        me.page().evaluate("() => person.room.undo().then(() => 'done', ({ code }) => code)");
    assertThat(code).isEqualTo("stale");
    assertThat(me.view().at("/tickets/t1/title").asString()).isEqualTo("Bo's");
    bo.close();
    elsewhere.close();
    me.close();
  }
}
