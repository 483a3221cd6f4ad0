package dev.tutti.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts open connections, together and by address. Connections from this machine do not count by
 * address: they may be a proxy's. Safe on any thread.
 */
final class Admission {
  private final int max;
  private final int maxPerAddress;
  private final AtomicInteger open = new AtomicInteger();
  private final ConcurrentHashMap<Object, Integer> byAddress = new ConcurrentHashMap<>();

  /** Whether a connection may stay. */
  enum Verdict {
    ADMITTED,
    SERVER_FULL,
    ADDRESS_FULL
  }

  Admission(int max, int maxPerAddress) {
    this.max = max;
    this.maxPerAddress = maxPerAddress;
  }

  /** Counts a connection in, whatever the verdict: {@link #left} follows in every case. */
  Verdict arrived(SocketAddress peer) {
    int now = open.incrementAndGet();
    int here = key(peer).map(key -> byAddress.merge(key, 1, Integer::sum)).orElse(0);
    if (now > max) {
      return Verdict.SERVER_FULL;
    }
    return here > maxPerAddress ? Verdict.ADDRESS_FULL : Verdict.ADMITTED;
  }

  void left(SocketAddress peer) {
    open.decrementAndGet();
    key(peer).ifPresent(key -> byAddress.computeIfPresent(key, (k, n) -> n == 1 ? null : n - 1));
  }

  int open() {
    return open.get();
  }

  /** An IPv6 subscriber owns a whole /64, and could come from another address each time. */
  private static Optional<Object> key(SocketAddress peer) {
    if (!(peer instanceof InetSocketAddress inet) || inet.getAddress().isLoopbackAddress()) {
      return Optional.empty();
    }
    byte[] bytes = inet.getAddress().getAddress();
    return Optional.of(
        bytes.length == 16 ? (Object) ByteBuffer.wrap(bytes).getLong() : inet.getAddress());
  }
}
