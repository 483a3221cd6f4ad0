package dev.tutti.browser;

import com.microsoft.playwright.Page;

/** What a page holds. */
final class Heap {
  private Heap() {}

  /** The bytes of its JavaScript that are in use, after a collection of garbage. */
  static double used(Page page) {
    var session = page.context().newCDPSession(page);
    session.send("HeapProfiler.collectGarbage");
    double bytes = session.send("Runtime.getHeapUsage").get("usedSize").getAsDouble();
    session.detach();
    return bytes;
  }

  /** The elements in its document. */
  static int elements(Page page) {
    return (Integer) page.evaluate("document.querySelectorAll('*').length");
  }
}
