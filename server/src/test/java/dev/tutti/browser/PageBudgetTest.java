package dev.tutti.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import org.junit.jupiter.api.Test;

/** What each page may cost, in what does not depend on the machine. */
class PageBudgetTest {
  private static final int MOST_BYTES = 150 * 1024;
  private static final int MOST_REQUESTS = 75;

  @Test
  void eachPageIsSmallAndASecondVisitAsksForThePageAlone() throws Exception {
    Team.isThere();
    for (PageLoad.Kind kind : PageLoad.Kind.ALL) {
      try (BrowserContext profile = Chromium.browser().newContext(Team.desk())) {
        profile.addInitScript(Team.signedIn("Ines"));
        PageLoad first = PageLoad.of(profile, kind);
        assertThat(first.bytes()).as(kind.name()).isBetween(10_000, MOST_BYTES);
        assertThat(first.asked()).as(kind.name()).hasSizeBetween(10, MOST_REQUESTS);
        PageLoad second = PageLoad.of(profile, kind);
        assertThat(second.asked())
            .as(kind.name())
            .allMatch(path -> path.equals(kind.path()) || path.startsWith("/v1/"));
      }
    }
  }
}
