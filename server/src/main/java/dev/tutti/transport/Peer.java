package dev.tutti.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The other end of a connection, and whom it speaks for. Asked on the connection's event loop,
 * while it is open.
 */
record Peer(Channel channel, Wiring wiring) {
  /** Whether it is this machine. */
  boolean isHere() {
    return address().isLoopbackAddress();
  }

  /** Where a request with such headers comes from. */
  InetAddress client(HttpHeaders headers) {
    return wiring.proxies().client(address(), headers);
  }

  /**
   * Counts a proxy's connection for the address that it speaks for, as long as it lasts. False when
   * there are too many; then it is not counted.
   */
  boolean stays(InetAddress client) {
    if (!wiring.proxies().trusts(address())) {
      return true;
    }
    boolean stays = wiring.admission().stays(client);
    if (!stays) {
      wiring.admission().stayed(client);
      wiring.counts().turnedAway().increment();
      return false;
    }
    channel.closeFuture().addListener(closed -> wiring.admission().stayed(client));
    return true;
  }

  private InetAddress address() {
    return ((InetSocketAddress) channel.remoteAddress()).getAddress();
  }
}
