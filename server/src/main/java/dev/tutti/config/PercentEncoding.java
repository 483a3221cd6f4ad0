package dev.tutti.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What stands before the host in a URL. */
final class PercentEncoding {
  private PercentEncoding() {}

  /**
   * A plus is a plus there, unlike in a form.
   *
   * @throws IllegalArgumentException when a percent sign is followed by anything else
   */
  static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
