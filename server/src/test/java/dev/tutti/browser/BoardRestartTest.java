package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.process.Ports;
import org.junit.jupiter.api.Test;

/** The server is killed while people work. */
class BoardRestartTest {

  @Test
  void bothPagesGoOnWithWhatTheyDidWhileTheServerWasDead() throws Exception {
    int port = Ports.free();
    PostgresSettings database = TestPostgres.database();
    try (TestData data = new TestData("restart")) {
      ServerProcess first = ServerProcess.start(database, data.path(), port);
      String board = first.url() + "/board/restart";
      try (BoardPage ana = BoardPage.open(Chromium.browser(), "Ana", board).withThreeColumns();
          BoardPage bo = BoardPage.open(Chromium.browser(), "Bo", board)) {
        ana.adds("One", "To do").adds("Two", "To do").adds("Three", "To do").isSaved();
        bo.sees("To do", "One", "Two", "Three");

        first.kill();
        ana.isOffline().drags("One", "Doing").adds("By Ana", "Done").sees("Doing", "One");
        bo.isOffline().drags("Two", "Done").sees("Done", "Two");

        try (ServerProcess second = ServerProcess.start(database, data.path(), port)) {
          assertThat(second.url()).isEqualTo(first.url());
          for (BoardPage page : new BoardPage[] {ana, bo}) {
            page.isSaved().sees("To do", "Three").sees("Doing", "One");
          }
          // Each knows of its own change, and Ana perhaps not yet of Bo's.
          Locator both = ana.column("Done").locator(".card .title");
          assertThat(both).hasCount(2);
          String[] done = both.allTextContents().toArray(String[]::new);
          assertThat(done).containsExactlyInAnyOrder("By Ana", "Two");
          bo.sees("Done", done);
          bo.reloads().sees("Done", done).sees("Doing", "One");
          assertThat(ana.errors()).isEmpty();
          assertThat(bo.errors()).isEmpty();
        }
      } finally {
        first.kill();
      }
    }
  }
}
