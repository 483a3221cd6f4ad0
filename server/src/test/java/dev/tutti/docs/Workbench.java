package dev.tutti.docs;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import dev.tutti.types.WebJar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A browser's profile in which the guide's examples run, on a page of the server's own origin. The
 * modules that examples bring are put between the browser and the server; all else is the server's.
 * The server's policy for its own pages is off: frameworks compile in the page, and examples
 * differ.
 */
final class Workbench implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 15_000;

  /** What an example prints, kept by the page: texts as they are, all else as JSON. */
  private static final String PRINTED =
      """
      globalThis.printed = [];
      console.log = (...what) => printed.push(
        what.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(' '));
      """;

  private static final String BEGIN =
      """
      globalThis.over = false;
      void import('/example.js').then(() => (over = true), (error) => (over = printed.push(`${error}`)));
      """;

  /** What the library was given to store is on the disk: a person closes a page no sooner. */
  private static final String STORED =
      """
      async () => {
        if (!(await indexedDB.databases()).some(({ name }) => name === 'tutti')) return;
        const answer = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
        const database = await answer(indexedDB.open('tutti'));
        await answer(database.transaction('outbox').objectStore('outbox').count());
        database.close();
      }
      """;

  private final BrowserContext context;
  private final String url;
  private final Map<String, String> files = new HashMap<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();

  Workbench(Browser browser, String url) {
    this.url = url;
    context = browser.newContext(new Browser.NewContextOptions().setBypassCSP(true));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.addInitScript(PRINTED);
    put("/guide/mount.js", resource("mount.js"));
    Frameworks.modules().forEach(this::put);
  }

  /** From now on the server seems to have this file. */
  void put(String path, String content) {
    files.put(path, content);
    context.route(url + path, this::fulfil);
  }

  /** An empty page on which every framework can be imported. */
  Page open() {
    return open(Frameworks.inPlaceOfNames(resource("index.html")));
  }

  /**
   * A page with this markup. It replaces an empty one that is the server's own: a page that comes
   * from elsewhere may not open a WebSocket to this machine.
   */
  Page open(String markup) {
    Page page = context.newPage();
    page.onPageError(errors::add);
    page.navigate(url + "/guide/empty.html");
    page.setContent(markup);
    return page;
  }

  /** A page of another server. */
  Page visit(String address) {
    Page page = context.newPage();
    page.onPageError(errors::add);
    page.navigate(address);
    return page;
  }

  /** Runs a module to its end, and what it prints until there are so many lines. */
  @SuppressWarnings("unchecked")
  List<String> run(String module, int lines) {
    put("/example.js", module);
    try (Page page = open()) {
      page.evaluate(BEGIN);
      try {
        page.waitForFunction("lines => over && printed.length >= lines", lines);
      } catch (TimeoutError e) {
        throw new AssertionError("It did not end. It printed " + page.evaluate("printed"), e);
      }
      page.evaluate(STORED);
      return (List<String>) page.evaluate("printed");
    }
  }

  /** The versions of the tools that examples are compiled with. */
  static Map<String, String> versions() {
    var versions = new HashMap<String, String>();
    Stream.of("typescript", "svelte").forEach(it -> versions.put(it, WebJar.of(it).version()));
    return versions;
  }

  /** What went wrong on any page. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  @Override
  public void close() {
    context.close();
  }

  private void fulfil(Route route) {
    String path = route.request().url().substring(url.length());
    route.fulfill(
        new Route.FulfillOptions()
            .setContentType("text/javascript; charset=utf-8")
            .setBody(files.get(path)));
  }

  private static String resource(String name) {
    try (InputStream in = Workbench.class.getResourceAsStream("/guide/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
