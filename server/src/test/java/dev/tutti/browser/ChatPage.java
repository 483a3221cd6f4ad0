package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One person before the chat, with a browser profile of their own. */
final class ChatPage implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final BrowserContext context;
  private final Page page;

  /** The server's, without a slash at the end. */
  private final String url;

  /** What the first address ends with, and hands over; empty for a guest, and later. */
  private String token = "";

  private final List<String> errors = new CopyOnWriteArrayList<>();

  private ChatPage(BrowserContext context, String url) {
    this.context = context;
    this.url = url;
    this.page = context.newPage();
    page.onPageError(errors::add);
    page.onConsoleMessage(message -> {
      if (message.text().contains("Content Security Policy")) {
        errors.add(message.text());
      }
    });
    page.onDialog(dialog -> errors.add("A dialog: " + dialog.message()));
    page.setDefaultTimeout(PATIENCE_MILLIS);
  }

  /** A guest opens a room. */
  static ChatPage open(
      Browser browser, String url, String name, String room, Browser.NewContextOptions options) {
    String called = URLEncoder.encode(name, StandardCharsets.UTF_8);
    ChatPage chat = new ChatPage(browser.newContext(options), url);
    return chat.goes(room + "?name=" + called);
  }

  /** Somebody of the {@link Team}, who is no guest, and has not gone anywhere yet. */
  static ChatPage signedIn(Browser browser, String who, Browser.NewContextOptions options) {
    ChatPage chat = new ChatPage(browser.newContext(options), SharedServer.url());
    chat.token = "#token=" + Team.token(who);
    return chat;
  }

  /** Goes to a room, whose name anything may follow. */
  ChatPage goes(String room) {
    page.navigate(url + "/chat/" + room + token);
    token = "";
    assertThat(page.locator("#talk.ready")).isVisible(patiently());
    return this;
  }

  Page page() {
    return page;
  }

  Locator field() {
    return page.getByLabel("Write a message");
  }

  ChatPage says(String text) {
    field().fill(text);
    field().press("Enter");
    return this;
  }

  /** The line that holds a text. */
  Locator line(String text) {
    Locator said = page.locator(".text", new Page.LocatorOptions().setHasText(text));
    return page.locator("#lines .line", new Page.LocatorOptions().setHas(said));
  }

  ChatPage sees(String text) {
    assertThat(line(text)).isVisible(patiently());
    return this;
  }

  /** Chooses from a line's own menu. */
  ChatPage chooses(String text, String item) {
    line(text).hover();
    line(text).getByLabel("More").click();
    page.locator(".menu").getByText(item).click();
    return this;
  }

  ChatPage opensThreadOf(String text) {
    line(text).hover();
    line(text).getByLabel("Reply in thread").click();
    return this;
  }

  /** The word alone would not do: what is on its way for a moment does not change it. */
  ChatPage isSaved() {
    var patiently = new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS);
    assertThat(page.locator("#status[aria-busy=false]")).hasText("Saved", patiently);
    return this;
  }

  private static LocatorAssertions.IsVisibleOptions patiently() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
  }

  Locator room(String name) {
    return page.locator("#rooms [data-room='" + name + "']");
  }

  void offline(boolean gone) {
    context.setOffline(gone);
    if (gone) {
      page.evaluate("dispatchEvent(new Event('offline'))");
    }
  }

  /** Fails for what went wrong in the browser. */
  @Override
  public void close() {
    context.close();
    assertThat(errors).isEmpty();
  }
}
