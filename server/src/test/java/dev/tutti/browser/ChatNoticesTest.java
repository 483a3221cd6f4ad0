package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What the chat page tells whoever looks elsewhere, and whoever looks inside. */
class ChatNoticesTest {
  /**
   * Keeps the browser's own notifications, to read and to press them, and lets a test look away: a
   * browser that is driven never does. A browser without windows says that it was denied what it
   * has just granted, so what it answered counts.
   */
  private static final String WATCH =
      """
      window.raised = [];
      window.Notification = class extends Notification {
        static permission = 'default';
        static async requestPermission() {
          return (this.permission = await super.requestPermission());
        }
        constructor(title, options) {
          super(title, options);
          raised.push(this);
        }
      };
      window.away = false;
      Object.defineProperty(document, 'visibilityState', {get: () => (away ? 'hidden' : 'visible')});
      document.hasFocus = () => !away;
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
  }

  @Test
  void aMentionIsToldToWhoAskedAndLooksAwayAndLeadsToItsRoom() {
    ChatPage ana = opens("Ana", List.of("notifications"));
    ana.says("Here I am").isSaved();
    ChatPage bo = opens("Bo", List.of());
    ana.page().addInitScript(WATCH);
    ana.page().navigate(SharedServer.url() + "/chat/" + room + "-elsewhere");
    assertThat(ana.page().locator("#talk.ready")).isVisible();
    looks(ana, true);
    mentions(bo, ana, "nobody has asked", 1);
    assertThat(raised(ana)).isEmpty();

    chooses(ana, "Notify me of mentions");
    assertThat(ana.page().locator(".toast")).containsText("You are notified of mentions");
    bo.says("To everybody");
    mentions(bo, ana, "<b>read</b> this", 2);
    ana.page().waitForFunction("() => raised.length > 0");
    assertThat(raised(ana)).isEqualTo(List.of("Bo in " + room + ": @Ana <b>read</b> this"));

    looks(ana, false);
    mentions(bo, ana, "she is looking", 3);
    looks(ana, true);
    chooses(ana, "Stop notifying me");
    mentions(bo, ana, "she has had enough", 4);
    assertThat(raised(ana)).hasSize(1);

    looks(ana, false);
    ana.page().evaluate("raised[0].dispatchEvent(new Event('click'))");
    assertThat(ana.page()).hasURL(SharedServer.url() + "/chat/" + room);
    assertThat(ana.line("<b>read</b> this")).isFocused();
  }

  @Test
  void whereTheBrowserSaysNoThePageSaysSo() {
    ChatPage ana = opens("Ana", List.of());
    chooses(ana, "Notify me of mentions");
    assertThat(ana.page().locator(".toast")).containsText("does not let this page notify you");
  }

  @Test
  void theDevelopersViewIsOfTheRoomThatOneLooksAt() {
    opens("Bo", List.of(), room + "-other").says("Three").isSaved();
    ChatPage ana = opens("Ana", List.of());
    ana.page().navigate(SharedServer.url() + "/chat/" + room + "?devtools");
    Locator view = ana.page().locator(".devtools");
    assertThat(view.locator(".rows")).containsText("document at ");
    ana.says("One").says("Two").isSaved();
    assertThat(view.locator(".rows li").filter(with("message.post")).first())
        .containsText("confirmed");
    ana.page().evaluate("[...document.querySelectorAll('.devtools summary')].at(0).click()");
    Axe.isContentWith(ana.page(), "the developer's view of a chat");
    double width = view.boundingBox().width;
    assertThat(width).isEqualTo(ana.page().viewportSize().width);
    assertThat(ana.field()).isInViewport();

    ana.room(room + "-other").click();
    ana.sees("Three");
    view.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Drop")).click();
    ana.says("Waits");
    assertThat(view.locator(".waiting")).containsText("message.post");
  }

  private ChatPage opens(String name, List<String> permissions) {
    return opens(name, permissions, room);
  }

  private ChatPage opens(String name, List<String> permissions, String in) {
    var options =
        new Browser.NewContextOptions().setViewportSize(1280, 760).setPermissions(permissions);
    ChatPage page = ChatPage.open(Chromium.browser(), SharedServer.url(), name, in, options);
    pages.add(page);
    return page;
  }

  private static void looks(ChatPage page, boolean away) {
    page.page().evaluate("(to) => { away = to; dispatchEvent(new Event('focus')); }", away);
  }

  /** One mentions another, and it is counted on the other's page. */
  private void mentions(ChatPage who, ChatPage whom, String text, int count) {
    who.says("@Ana " + text);
    assertThat(whom.room(room).locator(".mentions")).hasText("@" + count);
  }

  private static void chooses(ChatPage page, String item) {
    page.page().getByLabel("Room menu").click();
    page.page().locator(".menu").getByText(item).click();
  }

  private static List<?> raised(ChatPage page) {
    return (List<?>) page.page().evaluate("raised.map(({title, body}) => `${title}: ${body}`)");
  }

  private static Locator.FilterOptions with(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
