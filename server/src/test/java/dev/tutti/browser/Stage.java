package dev.tutti.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The pages that a test has open, in a real browser, before a real server. One thread. */
final class Stage {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 640;

  private final List<BoardPage> pages = new ArrayList<>();
  private final List<BrowserContext> profiles = new ArrayList<>();

  /** The server's address, without a slash at the end. */
  String url() {
    return SharedServer.url();
  }

  static Browser.NewContextOptions desk() {
    return new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT);
  }

  static Browser.NewContextOptions phone() {
    return new Browser.NewContextOptions()
        .setViewportSize(390, 844)
        .setHasTouch(true)
        .setIsMobile(true);
  }

  /** Somebody opens a board at a desk. */
  BoardPage opens(String person, String board) {
    return opens(person, board, desk());
  }

  BoardPage opens(String person, String board, Browser.NewContextOptions options) {
    return visits(person, "/board/" + board, options);
  }

  /** Somebody opens the page of a room of any type. */
  BoardPage visits(String person, String path, Browser.NewContextOptions options) {
    BoardPage page = BoardPage.open(Chromium.browser(), person, url() + path, options);
    pages.add(page);
    return page;
  }

  /** Somebody of the {@link Team} opens a page. */
  Page signsIn(String who, String path, Browser.NewContextOptions options) {
    BrowserContext profile = Chromium.browser().newContext(options);
    profiles.add(profile);
    profile.addInitScript(Team.signedIn(who));
    Page page = profile.newPage();
    page.navigate(url() + path);
    return page;
  }

  /** Somebody comes who has never been here. */
  Page arrives(String path, Browser.NewContextOptions options, Consumer<Page> before) {
    BrowserContext profile = Chromium.browser().newContext(options);
    profiles.add(profile);
    Page page = profile.newPage();
    before.accept(page);
    page.navigate(url() + path);
    return page;
  }

  /** Closes the pages, and fails for what went wrong in any of them. */
  void clear() {
    List<String> errors = pages.stream().flatMap(page -> page.errors().stream()).toList();
    pages.forEach(BoardPage::close);
    pages.clear();
    profiles.forEach(BrowserContext::close);
    profiles.clear();
    assertThat(errors).isEmpty();
  }
}
