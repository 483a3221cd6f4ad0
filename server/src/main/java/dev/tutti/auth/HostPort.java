package dev.tutti.auth;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host and port of an {@code Origin} or {@code Host} header.
 *
 * @param host in lower case; an IPv6 address in brackets
 * @param port -1 where none is written
 */
record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::(\\d{1,5}))?");

  static Optional<HostPort> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
    return Optional.of(new HostPort(matcher.group(1).toLowerCase(Locale.ROOT), port));
  }

  /** The port, or the one that the scheme has where none is written. */
  int portFor(String scheme) {
    if (port >= 0) {
      return port;
    }
    return scheme.equals("https") ? 443 : 80;
  }
}
