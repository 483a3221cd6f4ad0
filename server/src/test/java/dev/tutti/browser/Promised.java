package dev.tutti.browser;

import com.microsoft.playwright.Page;
import org.jspecify.annotations.Nullable;

/** Functions of a page that give a promise, which {@code waitForFunction} would take for a yes. */
final class Promised {
  private Promised() {}

  /** Asks one again and again until what it promises is true. */
  static void isTrue(Page page, String function, @Nullable Object argument) {
    page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(function, argument)));
  }
}
