package dev.tutti.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.tutti.fleet.FleetProcess;
import dev.tutti.redis.embedded.TestRedis;
import org.junit.jupiter.api.Test;

/** Pages on two instances, and what they say while Redis is away. */
final class FleetBrowserTest {
  private static final String NOTE = "Saved, others may see it a little later";

  @Test
  void pagesOfTwoInstancesConvergeWhateverHappensToRedisAndSayWhatIsGoingOn() throws Exception {
    try (var redis = TestRedis.started();
        var fleet =
            FleetProcess.start(FleetProcess.data(), 2, "--no-restart", "--redis-url", redis.url());
        var ana = opens("Ana", fleet.url(1));
        var bo = opens("Bo", fleet.url(2))) {
      ana.withThreeColumns().adds("One", "To do").adds("Two", "To do").isSaved();
      bo.sees("To do", "One", "Two");
      ana.drags("One", "Doing");
      bo.sees("Doing", "One").sees("To do", "Two");
      Page again = ana.page().context().newPage();
      again.navigate(fleet.url(1) + "/board/fleet?name=Ana");
      assertThat(again.locator("#people .avatar")).hasCount(1);
      assertThat(bo.page().locator("#people .avatar")).hasCount(1);
      assertThat(bo.page().locator("#people .avatar")).hasAttribute("aria-label", "Ana");

      redis.kill();
      assertThat(status(ana)).hasText(NOTE, patiently());
      assertThat(status(bo)).hasText(NOTE, patiently());
      ana.drags("One", "Done");
      bo.sees("Done", "One");
      bo.drags("Two", "Doing");
      ana.sees("Doing", "Two").sees("Done", "One");
      assertThat(status(ana)).hasAttribute("data-state", "saved");

      redis.start();
      ana.isSaved();
      bo.isSaved();
      ana.drags("Two", "Done");
      bo.sees("Done", "One", "Two");
      ana.page().context().close();
      assertThat(bo.page().locator("#people .avatar")).hasCount(0);
      assertThat(ana.errors()).isEmpty();
      assertThat(bo.errors()).isEmpty();
    }
  }

  private static BoardPage opens(String person, String url) {
    return BoardPage.open(Chromium.browser(), person, url + "/board/fleet");
  }

  private static Locator status(BoardPage page) {
    return page.page().locator("#status");
  }

  private static LocatorAssertions.HasTextOptions patiently() {
    return new LocatorAssertions.HasTextOptions().setTimeout(20_000);
  }
}
