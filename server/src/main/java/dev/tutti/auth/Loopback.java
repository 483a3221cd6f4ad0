package dev.tutti.auth;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which host names mean this machine alone, without asking any name server. */
final class Loopback {
  private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private Loopback() {}

  /** Whether a host, as bound to or as in a {@code Host} header without port, is this machine. */
  static boolean is(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("::1")
        || name.equals("[::1]")
        || IPV4.matcher(name).matches();
  }
}
