package dev.tutti.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Someone with the client library in a tab of a browser, and one board. */
final class Person implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String SCRIPT = script();
  private static final String STATE =
      "JSON.stringify({ ...connection.status, seq: room.seq, pending: room.pending.length,"
          + " flying: connection.pending.filter(({ id }) => id !== undefined).length })";

  private final Page page;
  private final List<String> errors = new CopyOnWriteArrayList<>();

  private Person(Page page) {
    this.page = page;
    page.onPageError(errors::add);
    page.setDefaultTimeout(PATIENCE_MILLIS);
  }

  /** A tab with the library, which begins to connect. */
  static Person opens(Page page, String url, String name, String board, long seed) {
    Person person = new Person(page);
    page.navigate(url + "/");
    page.evaluate(SCRIPT, Map.of("board", board, "name", name, "seed", Math.toIntExact(seed)));
    return person;
  }

  static Person opens(BrowserContext context, String url, String name, String board) {
    return opens(context.newPage(), url, name, board, 1);
  }

  /** Something that is told of {@code person}, as JavaScript has it. */
  Object says(String expression) {
    return page.evaluate(
        "() => { const { connection, room, send } = person; return " + expression + "; }");
  }

  /** Sends a command and returns its key. */
  String sends(String command, Map<String, ?> args) {
    return (String) page.evaluate("([c, a]) => person.send(c, a)", List.of(command, args));
  }

  /** Waits until something is so. */
  Person until(String expression) {
    try {
      page.waitForFunction(
          "() => { const { connection, room } = person; return " + expression + "; }");
    } catch (TimeoutError late) {
      throw new AssertionError("Waited for " + expression + ", with " + says(STATE), late);
    }
    return this;
  }

  Person untilQuiet() {
    return until("person.isQuiet()");
  }

  Person untilOffline() {
    return until("connection.status.state === 'offline'");
  }

  Person withThreeColumns() {
    until("connection.status.state === 'saved' && room.document");
    for (String column : List.of("todo", "doing", "done")) {
      sends("column.add", Map.of("column", column, "title", column));
    }
    return untilQuiet();
  }

  /** Waits until so many commands lie in the browser's storage, where they outlive the page. */
  Person untilStored(int count) {
    Promised.isTrue(
        page,
        """
        (count) => new Promise((told) => {
          const opened = indexedDB.open('tutti', 1);
          opened.onsuccess = () => {
            const { result } = opened;
            const counted = result.transaction('outbox').objectStore('outbox').count();
            counted.onsuccess = () => { result.close(); told(counted.result === count); };
          };
        })
        """,
        count);
    return this;
  }

  /** What the page shows, and what it holds as confirmed; both as the page has them. */
  JsonNode view() {
    return JSON.readTree((String) says("person.seen().view"));
  }

  JsonNode confirmed() {
    return JSON.readTree((String) says("person.seen().confirmed"));
  }

  long seq() {
    return ((Number) says("room.seq")).longValue();
  }

  /** The status in words: {@code offline, 3 waiting}. */
  String status() {
    return (String) says("connection.status.text");
  }

  @SuppressWarnings("unchecked")
  List<String> keysThatLeft() {
    return (List<String>) says("person.left");
  }

  @SuppressWarnings("unchecked")
  Map<String, Number> accepted() {
    return (Map<String, Number>) says("person.accepted");
  }

  @SuppressWarnings("unchecked")
  List<Map<String, String>> refused() {
    return (List<Map<String, String>>) says("person.refused");
  }

  Page page() {
    return page;
  }

  @Override
  public void close() {
    page.close();
    assertThat(errors).isEmpty();
  }

  private static String script() {
    try (var in = Person.class.getResourceAsStream("/browser/person.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
