package dev.tutti.transport;

import dev.tutti.session.Gateway;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every connection is given.
 *
 * @param dialects the subprotocols, the default first
 * @param sweeps the deadlines of each event loop
 */
record Wiring(
    TransportConfig config,
    Gateway gateway,
    Routes routes,
    List<Dialect> dialects,
    SocketFraming framing,
    Admission admission,
    Proxies proxies,
    Optional<SslContext> tls,
    Map<EventLoop, Sweep> sweeps,
    SocketCounts counts) {

  /** The deadlines of the loop that {@code channel} lives on. */
  Sweep sweep(Channel channel) {
    Sweep sweep = sweeps.get(channel.eventLoop());
    if (sweep == null) {
      throw new IllegalStateException("a channel on a foreign loop");
    }
    return sweep;
  }
}
