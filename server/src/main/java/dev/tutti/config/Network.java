package dev.tutti.config;

import dev.tutti.auth.AccessPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the server listens, and how many may come.
 *
 * @param port 0 for any free one
 * @param loops event loops
 * @param maxConnectionsPerAddress does not count connections from this machine
 * @param trustedProxies who may say whom a connection is for
 * @param compression whether permessage-deflate is offered
 * @param maxHandshakesPerSecond let in; those beyond it wait, or come back later
 * @param drain how long a shut-down may take to answer and say good-bye
 * @param drainNotice between the end of being ready and the end of accepting
 * @param returnsPerSecond how many clients a shut-down tells to come back in one second
 * @param certificate to speak TLS with; empty for plain text
 */
public record Network(
    String host,
    int port,
    int loops,
    int maxConnections,
    int maxConnectionsPerAddress,
    List<AddressRange> trustedProxies,
    boolean compression,
    int maxHandshakesPerSecond,
    Duration drain,
    Duration drainNotice,
    int returnsPerSecond,
    Optional<Certificate> certificate) {
  /** What a shut-down may take behind the drain: docs/operating.md promises it. */
  public static final Duration AFTER_DRAIN = Duration.ofSeconds(15);

  private static final int MAX_LOOPS = 256;

  static Network read(Reading reading) {
    String host = reading.text(Setting.HOST).strip();
    if (host.isEmpty() || host.contains("/") || host.chars().anyMatch(Character::isWhitespace)) {
      reading.problem("--host must be a name or an address, without scheme or path.");
    }
    return new Network(
        host,
        reading.number(Setting.PORT),
        loops(reading),
        reading.number(Setting.MAX_CONNECTIONS),
        reading.number(Setting.MAX_CONNECTIONS_PER_ADDRESS),
        proxies(reading),
        reading.flag(Setting.COMPRESSION),
        reading.number(Setting.MAX_HANDSHAKES_PER_SECOND),
        Duration.ofSeconds(reading.number(Setting.DRAIN)),
        Duration.ofMillis(reading.number(Setting.DRAIN_NOTICE_MILLIS)),
        reading.number(Setting.RETURNS_PER_SECOND),
        Certificate.read(reading));
  }

  private static List<AddressRange> proxies(Reading reading) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String text : reading.list(Setting.TRUSTED_PROXIES)) {
      AddressRange.of(text)
          .ifPresentOrElse(
              ranges::add,
              () ->
                  reading.problem(
                      "--trusted-proxies: \""
                          + text
                          + "\" is no range of addresses; it must look like 10.1.2.3, 10.0.0.0/8"
                          + " or fd00::/8, without bits behind those that are named."));
    }
    return List.copyOf(ranges);
  }

  /** From being told to end to the end of the process, at most. */
  public Duration goodbye() {
    return drainNotice.plus(drain).plus(AFTER_DRAIN);
  }

  /** Whether only this machine can connect. */
  public boolean loopback() {
    return AccessPolicy.isLoopback(host);
  }

  private static int loops(Reading reading) {
    int cores = Math.min(Runtime.getRuntime().availableProcessors(), MAX_LOOPS);
    return reading.text(Setting.LOOPS).equals(Setting.LOOPS.fallback())
        ? cores
        : reading.number(Setting.LOOPS, cores, 1, MAX_LOOPS);
  }
}
