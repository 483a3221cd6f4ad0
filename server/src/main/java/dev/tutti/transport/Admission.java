package dev.tutti.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts open connections, together and by address. Connections from this machine do not count by
 * address, since they may be a proxy's; nor do those from trusted proxies, but what comes through
 * them does, once it is known from where and that it stays. Safe on any thread.
 */
final class Admission {
  private final int max;
  private final int maxPerAddress;
  private final Proxies proxies;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> byAddress = new ConcurrentHashMap<>();

  /** Whether a connection may stay. */
  enum Verdict {
    ADMITTED,
    SERVER_FULL,
    ADDRESS_FULL
  }

  Admission(int max, int maxPerAddress, Proxies proxies) {
    this.max = max;
    this.maxPerAddress = maxPerAddress;
    this.proxies = proxies;
  }

  /** Counts a connection in, whatever the verdict: {@link #left} follows in every case. */
  Verdict arrived(SocketAddress peer) {
    int now = open.incrementAndGet();
    int here = key(peer).map(this::countIn).orElse(0);
    if (now > max) {
      return Verdict.SERVER_FULL;
    }
    return here > maxPerAddress ? Verdict.ADDRESS_FULL : Verdict.ADMITTED;
  }

  void left(SocketAddress peer) {
    open.decrementAndGet();
    key(peer).ifPresent(this::countOut);
  }

  /**
   * What has come through a proxy becomes a WebSocket or a stream: counts it by where it comes
   * from, whatever the verdict. {@link #stayed} follows in every case.
   */
  boolean stays(InetAddress client) {
    return key(client).map(this::countIn).orElse(0) <= maxPerAddress;
  }

  void stayed(InetAddress client) {
    key(client).ifPresent(this::countOut);
  }

  int open() {
    return open.get();
  }

  private int countIn(String key) {
    return byAddress.merge(key, 1, Integer::sum);
  }

  private void countOut(String key) {
    byAddress.computeIfPresent(key, (k, n) -> n == 1 ? null : n - 1);
  }

  private Optional<String> key(SocketAddress peer) {
    return peer instanceof InetSocketAddress inet ? key(inet.getAddress()) : Optional.empty();
  }

  private Optional<String> key(InetAddress address) {
    return address.isLoopbackAddress() || proxies.trusts(address)
        ? Optional.empty()
        : Optional.of(whose(address));
  }

  /** An IPv6 subscriber owns a whole /64, and could come from another address each time. */
  static String whose(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16
        ? Long.toHexString(ByteBuffer.wrap(bytes).getLong())
        : address.getHostAddress();
  }
}
