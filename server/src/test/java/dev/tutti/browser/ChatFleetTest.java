package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import dev.tutti.Server;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.redis.embedded.TestRedis;
import dev.tutti.terminal.ChatProcess;
import dev.tutti.trouble.TestServer;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One chat over two instances and a real Redis: a browser on each of them, and a terminal. */
final class ChatFleetTest {
  private static final int ROUNDS = 5;

  /** As the terminal shows a message, whatever stands before it on its line. */
  private static final Pattern SHOWN = Pattern.compile("#(\\d+) (Ana|Bo|Cleo): (.*)");

  @Test
  void whatEachSaysTheOthersSeeOnceAndInTheSameOrder() throws Exception {
    var database = TestPostgres.database().acceptingVolatile();
    try (var redis = TestRedis.started();
        var first = TestServer.over(database, redis.url(), InstantSource.system());
        var second = TestServer.over(database, redis.url(), InstantSource.system());
        var cleo = ChatProcess.start(second.url(), "chat:fleet", "Cleo");
        var ana = opens("Ana", first);
        var bo = opens("Bo", second)) {
      cleo.sees("-- connected");
      for (int i = 1; i <= ROUNDS; i++) {
        ana.says("Ana " + i);
        cleo.types("Cleo " + i);
        bo.says("Bo " + i);
      }
      assertThat(lines(ana)).hasCount(3 * ROUNDS);
      assertThat(lines(bo)).hasCount(3 * ROUNDS);
      ana.isSaved();
      bo.isSaved();
      cleo.sees("#" + 3 * ROUNDS + " ");
      isDrawn(ana);
      isDrawn(bo);
      List<String> order = texts(ana);
      assertThat(order).doesNotHaveDuplicates();
      assertThat(texts(bo)).isEqualTo(order);
      for (String name : List.of("Ana", "Bo", "Cleo")) {
        assertThat(order.stream().filter(text -> text.startsWith(name)).toList())
            .as("as %s wrote them", name)
            .isEqualTo(oneToRounds(name));
      }
      assertThat(ana.page().locator("#people .avatar")).hasCount(2);
      assertThat(cleo.leaves()).isZero();
      assertThat(shownBy(cleo)).isEqualTo(order);
      assertThat(ana.page().locator("#people .avatar")).hasCount(1);
    }
  }

  private static ChatPage opens(String name, Server server) {
    var options = new Browser.NewContextOptions().setViewportSize(1280, 760);
    return ChatPage.open(Chromium.browser(), server.url(), name, "fleet", options);
  }

  /**
   * Saved is said at once, and where the last messages stand among the others with the next frame.
   */
  private static void isDrawn(ChatPage page) {
    assertThat(page.page().locator("#lines .line.pending")).hasCount(0);
  }

  private static Locator lines(ChatPage page) {
    return page.page().locator("#lines .line .text");
  }

  private static List<String> texts(ChatPage page) {
    return lines(page).allTextContents().stream().map(String::strip).toList();
  }

  /** The messages in the order of their appearance; each number once and none left out. */
  private static List<String> shownBy(ChatProcess terminal) {
    var found = SHOWN.matcher(terminal.shown()).results().toList();
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).group(1)).isEqualTo(Integer.toString(i + 1));
    }
    return found.stream().map(match -> match.group(3).strip()).toList();
  }

  private static List<String> oneToRounds(String name) {
    return IntStream.rangeClosed(1, ROUNDS).mapToObj(i -> name + " " + i).toList();
  }
}
