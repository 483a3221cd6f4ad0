package dev.tutti.auth;

import java.util.Locale;
import java.util.Optional;

/**
 * Pages that may connect from elsewhere: {@code https://app.example.com}, {@code
 * https://*.example.com} (any name below it), {@code http://localhost:*} (any port), or {@code *}.
 *
 * @param scheme {@code http} or {@code https}; empty in the pattern {@code *}
 * @param host in lower case; starts with a dot where any name below it is meant
 * @param port -2 for any, -1 for the scheme's own
 */
public record OriginPattern(String text, String scheme, String host, int port) {
  private static final int ANY_PORT = -2;
  private static final OriginPattern ALL = new OriginPattern("*", "", "", ANY_PORT);

  /** The pattern written as {@code text}, if it is one. */
  public static Optional<OriginPattern> parse(String text) {
    if (text.equals("*")) {
      return Optional.of(ALL);
    }
    int split = text.indexOf("://");
    String scheme = split < 0 ? "" : text.substring(0, split).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.empty();
    }
    String rest = text.substring(split + 3);
    boolean anyPort = rest.endsWith(":*");
    boolean below = rest.startsWith("*.");
    String fixed = between(rest, below ? 2 : 0, anyPort ? 2 : 0);
    return HostPort.parse(fixed)
        .filter(parsed -> !(anyPort && parsed.port() >= 0))
        .map(parsed ->
            new OriginPattern(
                text,
                scheme,
                (below ? "." : "") + parsed.host(),
                anyPort ? ANY_PORT : parsed.port()));
  }

  boolean fits(String otherScheme, HostPort other) {
    if (this.equals(ALL)) {
      return true;
    }
    return scheme.equals(otherScheme)
        && fitsHost(other.host())
        && (port == ANY_PORT
            || other.portFor(otherScheme) == new HostPort(host, port).portFor(scheme));
  }

  /** Whether a {@code Host} header may name this host; the pattern {@code *} names none. */
  boolean fitsHost(String other) {
    if (host.startsWith(".")) {
      return other.endsWith(host) && other.length() > host.length();
    }
    return host.equals(other);
  }

  private static String between(String text, int head, int tail) {
    return head + tail >= text.length() ? "" : text.substring(head, text.length() - tail);
  }
}
