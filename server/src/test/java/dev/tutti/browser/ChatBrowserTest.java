package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The chat as people use it, in real browsers. */
class ChatBrowserTest {
  private static final String READ_BY =
      """
      async ([room, name, upto]) => {
        const {document} = await (await fetch(`/v1/rooms/chat:${room}`)).json();
        return Object.values(document.people).some((one) => one.name === name && one.read === upto);
      }
      """;

  private final List<ChatPage> pages = new ArrayList<>();
  private String room;

  @BeforeEach
  void aRoomOfItsOwn(TestInfo test) {
    room = test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void nothingWentWrongInTheBrowser() {
    pages.forEach(ChatPage::close);
    pages.clear();
  }

  @Test
  void twoPeopleTalk() {
    ChatPage ana = opens("Ana");
    assertThat(ana.page().getByText("Nothing has been said here yet.")).isVisible();
    ChatPage bo = opens("Bo");
    assertThat(ana.page().locator("#people .avatar")).hasAttribute("aria-label", "Bo");
    bo.field().pressSequentially("He");
    assertThat(ana.page().locator("#typing")).hasText("Bo is typing");
    bo.says("Hello @Ana, see https://example.org and `code`");
    ana.sees("Hello @Ana");
    assertThat(ana.page().locator("#typing")).hasText("");
    assertThat(ana.line("Hello").locator("a")).hasAttribute("href", "https://example.org");
    assertThat(ana.line("Hello").locator("a")).hasAttribute("rel", "noopener noreferrer nofollow");
    assertThat(ana.line("Hello").locator("code")).hasText("code");
    assertThat(ana.line("Hello").locator(".mention.me")).hasText("@Ana");

    ana.line("Hello").hover();
    ana.line("Hello").getByLabel("React").click();
    ana.page().getByLabel("React with 🎉").click();
    assertThat(bo.line("Hello").locator(".reaction")).hasText("🎉1");
    bo.line("Hello").locator(".reaction").click();
    assertThat(ana.line("Hello").locator(".reaction")).hasText("🎉2");
    bo.line("Hello").locator(".reaction").click();
    assertThat(ana.line("Hello").locator(".reaction")).hasText("🎉1");

    ana.opensThreadOf("Hello");
    ana.page().getByLabel("Reply", exactly()).fill("In the thread");
    ana.page().getByLabel("Reply", exactly()).press("Enter");
    bo.sees("In the thread");
    assertThat(bo.line("see https").locator(".replies")).hasText("1 reply");
    bo.line("see https").locator(".replies").click();
    assertThat(bo.page().locator("#thread .line")).hasCount(2);
    bo.page().getByLabel("Close the thread").click();

    bo.field().press("ArrowUp");
    bo.says("Good evening");
    ana.sees("Good evening");
    assertThat(ana.line("Good evening").locator(".edited")).isVisible();
    bo.chooses("Good evening", "Delete");
    bo.page().locator("dialog[open]").getByText("Delete", inDialog()).click();
    assertThat(ana.page().locator("#lines .tombstone")).hasText("This message was deleted.");
    ana.isSaved();
    bo.isSaved();
    Axe.isContentWith(ana.page(), "chat");
  }

  @Test
  void whatIsUnreadIsCountedOnEveryDevice() {
    ChatPage ana = opens("Ana");
    ana.says("First").isSaved();
    ChatPage bo = opens("Bo");
    bo.sees("First");
    assertThat(ana.line("First").locator(".seen")).hasAttribute("aria-label", "Read by Bo");
    bo.goes("elsewhere");
    ana.says("@Bo, one").says("Two").isSaved();
    assertThat(bo.room(room).locator(".mentions")).hasText("@1");
    assertThat(bo.room(room).locator(".badge:not(.mentions)")).hasText("2");
    assertThat(bo.page()).hasTitle("(1) elsewhere · tutti");
    assertThat(bo.room(room)).hasCSS("font-weight", "700");
    Page other = bo.page().context().newPage();
    other.navigate(SharedServer.url() + "/chat/elsewhere");
    assertThat(other.locator("#rooms [data-room='" + room + "'] .mentions")).hasText("@1");
    bo.room(room).click();
    assertThat(bo.page().locator(".day.fresh")).isVisible();
    assertThat(other.locator("#rooms [data-room='" + room + "'] .mentions")).isHidden();
    assertThat(ana.line("Two").locator(".seen")).hasAttribute("aria-label", "Read by Bo");
  }

  @Test
  void whatIsWrittenOfflineIsSentLaterAndWhatIsRefusedStays() {
    ChatPage ana = opens("Ana");
    ana.says("Before").isSaved();
    ana.offline(true);
    ana.says("Written offline");
    assertThat(ana.line("Written offline")).hasClass(Pattern.compile("pending"));
    ana.offline(false);
    ana.page().evaluate("dispatchEvent(new Event('online'))");
    ana.isSaved();
    assertThat(ana.line("Written offline")).not().hasClass(Pattern.compile("pending"));

    ana.field().fill("A draft");
    ana.opensThreadOf("Before");
    ana.page().getByLabel("Reply", exactly()).fill("A draft of a reply");
    ana.page().reload();
    assertThat(ana.field()).hasValue("A draft");
    ana.opensThreadOf("Before");
    assertThat(ana.page().getByLabel("Reply", exactly())).hasValue("A draft of a reply");
  }

  @Test
  void whatIsRefusedStaysUntilItIsSentOrDiscarded() {
    ChatPage olga = opens("Olga");
    olga.page().getByLabel("New room").click();
    olga.page().getByLabel("Name of the room").fill("Slow room");
    olga.page().keyboard().press("Enter");
    assertThat(olga.page().locator("#title")).hasValue("Slow room");
    assertThat(olga.page()).hasURL(Pattern.compile("/chat/slow-room\\?"));
    slows(olga, "300");
    ChatPage bo = opens("Bo", "slow-room");
    bo.page().getByLabel("New room").click();
    bo.page().getByLabel("Name of the room").fill("Slow room");
    bo.page().keyboard().press("Enter");
    assertThat(bo.page()).hasURL(Pattern.compile("/chat/slow-room-[a-z0-9]{1,6}\\?"));
    assertThat(bo.page().locator("#title")).hasValue("Slow room");
    bo.room("slow-room").click();
    assertThat(bo.page().locator("#slow")).hasText("Slow mode: a message every 300 s");
    bo.says("One").says("Two");
    Locator failed = bo.page().locator("#failed .failed");
    assertThat(failed).hasCount(1);
    assertThat(failed.locator(".why"))
        .containsText("Not sent. Slow mode: one message every 300 s.");
    assertThat(bo.page().locator("#lines .line")).hasCount(1);
    bo.page().reload();
    assertThat(failed.locator(".plain")).hasText("Two");
    failed.getByText("Retry").click();
    assertThat(failed.locator(".why")).containsText("Slow mode");
    slows(olga, "0");
    assertThat(bo.page().locator("#slow")).hasText("");
    failed.getByText("Retry").click();
    assertThat(failed).hasCount(0);
    olga.sees("Two");
    slows(olga, "300");
    assertThat(bo.page().locator("#slow")).hasText("Slow mode: a message every 300 s");
    bo.says("Three").says("Four");
    assertThat(failed).hasCount(2);
    failed.getByText("Discard").last().click();
    assertThat(failed.locator(".plain")).hasText("Three");
    bo.page().reload();
    bo.sees("Two");
    assertThat(failed).hasCount(1);
  }

  @Test
  void hostileTextStaysText() {
    String name = "<img src=x onerror=alert(1)>";
    ChatPage eve = opens(name);
    eve.says("<script>alert(1)</script> <b onclick=alert(1)>bold</b>");
    eve.says("[click](javascript:alert(1)) ![x](https://example.org/x.png) # no heading");
    eve.says("<a href=\"data:text/html,x\">link</a> [ok](https://example.org)");
    eve.says("```\n<b>code</b>\n```").isSaved();
    ChatPage bo = opens("Bo");
    assertThat(bo.line("code").locator("pre")).hasText("<b>code</b>");
    assertThat(bo.line("code").locator("pre")).hasAttribute("tabindex", "0");
    bo.sees("<script>alert(1)</script> <b onclick=alert(1)>bold</b>");
    bo.sees("![x](https://example.org/x.png)");
    bo.sees("<a href=\"data:text/html,x\">link</a>");
    assertThat(bo.page().locator("#lines .name").first()).hasText(name);
    assertThat(
            bo.page()
                .evaluate(
                    "[...document.querySelectorAll('#lines img, #lines script, #lines b[onclick],"
                        + " #lines a')].map(({outerHTML}) => outerHTML)"))
        .isEqualTo(
            List.of(
                "<a href=\"https://example.org\" target=\"_blank\" rel=\"noopener noreferrer"
                    + " nofollow\">ok</a>"));
  }

  @Test
  void whatOneLooksAtStaysWhereItIs() throws Exception {
    ChatPage ana = opens("Ana");
    ChatPage bo = opens("Bo");
    for (int i = 0; i < 50; i++) {
      Team.does("Olga", "chat:" + room, "message.post", Map.of("text", "Line " + i));
    }
    ana.sees("Line 49");
    ana.page().evaluate("document.getElementById('scroller').scrollTop = 200");
    ana.page().waitForFunction("() => !document.getElementById('jump').hidden");
    String top =
        "[...document.querySelectorAll('.line')].find((line) => line.getBoundingClientRect().top >"
            + " 60).getBoundingClientRect().top";
    Object before = ana.page().evaluate(top);
    bo.says("News");
    assertThat(ana.page().locator("#jump")).hasText("1 new, jump");
    assertThat(ana.page().evaluate(top)).isEqualTo(before);
    ana.page().locator("#jump").click();
    assertThat(ana.line("News")).isInViewport();
  }

  @Test
  void whoDoesNotTellWhatTheyHaveReadKnowsItThemselves() {
    ChatPage ana = opens("Ana");
    ChatPage bo = opens("Bo");
    bo.says("First");
    ana.sees("First");
    Promised.isTrue(bo.page(), READ_BY, List.of(room, "Ana", 1));
    ana.page().locator("#more").click();
    ana.page().locator(".menu").getByText("Stop telling others what I have read").click();
    bo.says("Second");
    ana.sees("Second");
    ana.page()
        .waitForFunction("room => localStorage['tutti.chat.read.chat:' + room] === '2'", room);
    Promised.isTrue(bo.page(), READ_BY, List.of(room, "Ana", 1));
    assertThat(ana.room(room)).not().hasAttribute("data-unread", "");
  }

  private static void slows(ChatPage owner, String seconds) {
    owner.page().getByLabel("Room menu").click();
    owner.page().getByText("Slow mode…").click();
    owner.page().locator("dialog select").selectOption(seconds);
    owner.page().getByText("Save", exactText()).click();
  }

  private ChatPage opens(String name) {
    return opens(name, room);
  }

  private ChatPage opens(String name, String room) {
    return opens(name, room, new Browser.NewContextOptions().setViewportSize(1280, 760));
  }

  private ChatPage opens(String name, String room, Browser.NewContextOptions options) {
    ChatPage chat = ChatPage.open(Chromium.browser(), SharedServer.url(), name, room, options);
    pages.add(chat);
    return chat;
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Page.GetByTextOptions exactText() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Locator.GetByTextOptions inDialog() {
    return new Locator.GetByTextOptions().setExact(true);
  }
}
