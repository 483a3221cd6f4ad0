package dev.tutti.auth;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which pages may talk to this server. Browsers say truthfully which page asks ({@code Origin}) and
 * which name it used for this server ({@code Host}); other clients may say anything, and need a
 * token like everyone else.
 *
 * @param allowed pages from elsewhere
 * @param boundToLoopback whether only this machine can connect; then a foreign {@code Host} means
 *     that a page has pointed its own name at 127.0.0.1 (DNS rebinding)
 */
public record Origins(List<OriginPattern> allowed, boolean boundToLoopback) {

  /** What the transport does with a handshake or a request. */
  public sealed interface Verdict {
    /** Go on. */
    record Allowed() implements Verdict {}

    /** Answer 403 with this sentence. */
    record Refused(String sentence) implements Verdict {}
  }

  private static final Verdict ALLOWED = new Verdict.Allowed();

  public Origins {
    allowed = List.copyOf(allowed);
  }

  /**
   * For the WebSocket handshake and for every HTTP request, before anything else is done.
   *
   * @param origin the {@code Origin} header; empty where there is none
   * @param host the {@code Host} header; empty where there is none or more than one
   */
  public Verdict check(Optional<String> origin, Optional<String> host) {
    Optional<HostPort> here = host.flatMap(HostPort::parse);
    if (here.isEmpty()) {
      return new Verdict.Refused("The Host header is missing or malformed.");
    }
    if (boundToLoopback && !knownHost(here.get().host())) {
      return new Verdict.Refused(
          "This server is bound to loopback and does not answer to that Host; to let it,"
              + " start it with --allow-origin.");
    }
    if (origin.isEmpty() || allows(origin.get(), here.get())) {
      return ALLOWED;
    }
    return new Verdict.Refused(
        "Pages of that Origin may not connect; to let them, start the server with"
            + " --allow-origin.");
  }

  private boolean knownHost(String host) {
    return Loopback.is(host) || allowed.stream().anyMatch(pattern -> pattern.fitsHost(host));
  }

  /** {@code null}, which sandboxed frames and files send, names nobody and is never allowed. */
  private boolean allows(String origin, HostPort here) {
    int split = origin.indexOf("://");
    if (split < 0) {
      return false;
    }
    String scheme = origin.substring(0, split).toLowerCase(Locale.ROOT);
    Optional<HostPort> there = HostPort.parse(origin.substring(split + 3));
    return there.isPresent()
        && (same(scheme, there.get(), here)
            || allowed.stream().anyMatch(pattern -> pattern.fits(scheme, there.get())));
  }

  /** The scheme here is not known: a proxy may have taken off the TLS. */
  private static boolean same(String scheme, HostPort there, HostPort here) {
    return (scheme.equals("http") || scheme.equals("https"))
        && there.host().equals(here.host())
        && there.portFor(scheme) == here.portFor(scheme);
  }
}
