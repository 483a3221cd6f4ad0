package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.tutti.terminal.ChatProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Chats of people who are no guests: their other devices, their owners, other screens. */
class ChatRoomsTest {
  /** Lets the page's clock be late or early, without any of its timers. */
  private static final String CLOCK =
      "window.ahead = 0; const now = Date.now; Date.now = () => now.call(Date) + window.ahead;";

  private final List<ChatPage> pages = new ArrayList<>();
  private String room;

  @BeforeEach
  void aRoomOfItsOwn(TestInfo test) {
    room = test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    pages.forEach(ChatPage::close);
  }

  @Test
  void oneUserHasTheSameCountsInTwoBrowsersAndAtATerminal() throws Exception {
    ChatPage desk = signsIn("Wei", Team.desk()).goes(room);
    assertThat(desk.page()).hasURL(SharedServer.url() + "/chat/" + room);
    assertThat(desk.page().locator("#me")).hasAttribute("title", Pattern.compile("You are Wei"));
    desk.says("Here I am").isSaved();
    ChatPage home = signsIn("Wei", Team.desk()).goes(room + "-elsewhere");
    desk.goes(room + "-elsewhere");
    says("Ines", "@Wei, one");
    says("Ines", "Two");
    for (ChatPage each : List.of(desk, home)) {
      assertThat(mentions(each)).hasText("@1");
      assertThat(unread(each)).hasText("2");
    }
    var user = Map.of("TUTTI_CHAT_TOKEN", Team.token("Wei"));
    String[] here = {"--url", SharedServer.url(), "--room", "chat:" + room};
    try (ChatProcess terminal = ChatProcess.start(user, here)) {
      terminal.sees("Ines: Two").types("Said at the terminal");
      for (ChatPage each : List.of(desk, home)) {
        assertThat(mentions(each)).isHidden();
        assertThat(unread(each)).isHidden();
      }
      assertThat(terminal.leaves()).isZero();
    }
    says("Ines", "Three");
    assertThat(unread(desk)).hasText("1");
    assertThat(unread(home)).hasText("1");
    home.room(room).click();
    home.sees("Said at the terminal");
    assertThat(unread(desk)).isHidden();
  }

  @Test
  void anOwnerPinsAndMutesAndAFieldOpensByItselfWhenAMuteIsOver() throws Exception {
    ChatPage olga = signsIn("Olga", Team.desk()).goes(room);
    ChatPage bo = signsIn("Bo", Team.desk());
    bo.page().addInitScript(CLOCK);
    bo.goes(room).says("Cheap flour").isSaved();
    olga.chooses("Cheap flour", "Pin");
    Locator pins = bo.page().locator("#pins");
    assertThat(pins).hasAttribute("aria-label", "1 pinned message");
    pins.click();
    bo.page().locator(".pinboard button").click();
    assertThat(bo.line("Cheap flour")).isFocused();
    olga.chooses("Cheap flour", "Unpin");
    assertThat(pins).isHidden();

    olga.chooses("Cheap flour", "Mute Bo for an hour");
    assertThat(bo.field()).isDisabled();
    assertThat(bo.field())
        .hasAttribute("placeholder", Pattern.compile("^You are muted here until "));
    olga.isSaved(); // Her menu is of what her own page knows.
    olga.page().getByLabel("Room menu").click();
    olga.page().locator(".menu").getByText("Let Bo speak again").click();
    assertThat(bo.field()).isEnabled();

    Team.does("Olga", "chat:" + room, "member.mute", Map.of("user", "bo", "minutes", 1));
    assertThat(bo.field()).isDisabled();
    bo.page().evaluate("ahead = 57_000");
    says("Olga", "It is over soon"); // The page looks at its clock again.
    assertThat(bo.field()).isEnabled(soon());
  }

  /** For what is over three seconds later, on a page that may have to wait for the machine. */
  private static LocatorAssertions.IsEnabledOptions soon() {
    return new LocatorAssertions.IsEnabledOptions().setTimeout(20_000);
  }

  @Test
  void daysAreApartInLightAndDarkAtADeskAndOnAPhone() throws Exception {
    Team.posts("Ines", "chat:" + room + "/import", past());
    ChatPage desk = signsIn("Ines", Team.desk());
    desk.page().clock().install(new Clock.InstallOptions().setTime(System.currentTimeMillis()));
    desk.goes(room);
    assertThat(desk.line("Friday").locator(".day")).hasCount(1);
    assertThat(desk.line("Saturday, early").locator(".day")).hasCount(1);
    assertThat(desk.line("Saturday, late").locator(".day")).hasCount(0);
    Axe.isContentWith(desk.page(), "chat");

    ChatPage phone = signsIn("Ines", Stage.phone().setColorScheme(ColorScheme.DARK)).goes(room);
    phone.sees("Saturday, late");
    assertThat(phone.field()).isInViewport();
    fits(phone.page());
    Axe.isContentWith(phone.page(), "chat on a phone");
    phone.page().locator("#to-rooms").tap();
    assertThat(phone.room(room)).isInViewport();
    assertThat(phone.field()).not().isInViewport();
    fits(phone.page());
    Axe.isContentWith(phone.page(), "rooms on a phone");
    assertThat(paper(desk.page())).isNotEqualTo(paper(phone.page()));
    Locator day = desk.says("Now").line("Now").locator(".day");
    assertThat(day).hasText("Today");
    desk.page().clock().fastForward(leftOfDay(desk.page()) + 1);
    assertThat(day).hasText("Yesterday");
  }

  /** In milliseconds, by the page's clock and time zone. */
  private static long leftOfDay(Page page) {
    return ((Number) page.evaluate("new Date().setHours(24, 0, 0, 0) - Date.now()")).longValue();
  }

  private static Object paper(Page page) {
    return page.evaluate("getComputedStyle(document.body).backgroundColor");
  }

  private static void fits(Page page) {
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  /** Three messages of two days, as a file. */
  private static String past() {
    List<String> at =
        List.of("2026-11-20T12:00:00Z", "2026-11-21T11:30:00Z", "2026-11-21T12:30:00Z");
    List<String> said = List.of("Friday", "Saturday, early", "Saturday, late");
    List<String> events = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    for (int n = 1; n <= at.size(); n++) {
      String message =
          "\"m%d\":{\"n\":%d,\"text\":\"%s\",\"by\":\"wei\",\"name\":\"Wei\",\"at\":\"%s\"}"
              .formatted(n, n, said.get(n - 1), at.get(n - 1));
      messages.add(message);
      events.add(
          """
          {"seq":%d,"name":"message.posted","by":"wei","at":"%s","key":"%s",
           "patch":{"chat":{"info":{"count":%d}},"messages":{%s}}}\
          """
              .formatted(n, at.get(n - 1), UUID.randomUUID(), n, message));
    }
    return """
    {"format":"tutti.room","version":1,"room":"chat:past","at":"2026-11-22T12:00:00Z","seq":3,
     "document":{"chat":{"info":{"count":3}},"messages":{%s}},"events":[%s]}\
    """
        .formatted(String.join(",", messages), String.join(",", events));
  }

  private void says(String who, String text) throws Exception {
    Team.does(who, "chat:" + room, "message.post", Map.of("text", text));
  }

  private Locator mentions(ChatPage page) {
    return page.room(room).locator(".mentions");
  }

  private Locator unread(ChatPage page) {
    return page.room(room).locator(".badge:not(.mentions)");
  }

  private ChatPage signsIn(String who, Browser.NewContextOptions options) {
    ChatPage page = ChatPage.signedIn(Chromium.browser(), who, options);
    pages.add(page);
    return page;
  }
}
