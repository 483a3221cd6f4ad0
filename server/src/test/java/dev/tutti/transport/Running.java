package dev.tutti.transport;

import dev.tutti.config.AddressRange;
import dev.tutti.protocol.Codecs;
import dev.tutti.protocol.Limits;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** A server on loopback with an echo behind it, on a free port. */
final class Running implements AutoCloseable {
  static final SocketLimits SOCKETS = SocketLimits.DEFAULTS;

  final EchoGateway gateway = new EchoGateway();
  final Loops loops = Loops.start(2);
  final TransportServer server;

  private Running(TransportConfig config, Doors doors) {
    var codecs = new Codecs(config.limits());
    server = TransportServer.start(config, loops, codecs, doors, gateway);
  }

  private Running(TransportConfig config, List<Dialect> dialects) {
    server = TransportServer.start(config, loops, dialects, (_, _) -> Optional.empty(), gateway);
  }

  static Running withDefaults() {
    return with(SOCKETS, Limits.DEFAULTS, false);
  }

  static Running with(SocketLimits sockets, Limits limits, boolean deflate) {
    return new Running(config(sockets, limits, deflate), (_, _) -> Optional.empty());
  }

  static Running with(Doors doors) {
    return new Running(config(SOCKETS, Limits.DEFAULTS, false), doors);
  }

  /** Speaks both kinds of frames in one subprotocol, as no real one does. */
  static Running withBothKinds(Limits limits) {
    var codecs = new Codecs(limits);
    var json = Dialect.json(codecs);
    var both = new Dialect(json.name(), json.codec(), json.plain(), json.deflated(), true, true);
    return new Running(config(SOCKETS, limits, true), List.of(both));
  }

  /** One that believes those of this machine about whom they speak for. */
  static Running behindProxies(SocketLimits sockets) {
    AddressRange here = new AddressRange(InetAddress.ofLiteral("127.0.0.0"), 8);
    return new Running(
        new TransportConfig(
            "127.0.0.1", 0, Optional.empty(), false, List.of(here), sockets, Limits.DEFAULTS),
        (_, _) -> Optional.empty());
  }

  private static TransportConfig config(SocketLimits sockets, Limits limits, boolean deflate) {
    return new TransportConfig(
        "127.0.0.1", 0, Optional.empty(), deflate, List.of(), sockets, limits);
  }

  int port() {
    return server.address().getPort();
  }

  @Override
  public void close() {
    server.close();
    loops.close();
  }
}
