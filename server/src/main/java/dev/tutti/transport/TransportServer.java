package dev.tutti.transport;

import dev.tutti.config.CannotStart;
import dev.tutti.measure.Count;
import dev.tutti.protocol.Codecs;
import dev.tutti.session.Gateway;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Listens, and closes what is open when it is closed. Started and closed by {@code Main}, on its
 * thread; everything between happens on the event loops.
 */
public final class TransportServer implements AutoCloseable {
  private final Channel listener;
  private final ChannelGroup open;
  private final Wiring wiring;

  private TransportServer(Channel listener, ChannelGroup open, Wiring wiring) {
    this.listener = listener;
    this.open = open;
    this.wiring = wiring;
  }

  /**
   * Binds and begins to accept.
   *
   * @throws CannotStart when the address cannot be bound, or the certificate cannot be read
   */
  public static TransportServer start(
      TransportConfig config, Loops loops, Codecs codecs, Doors doors, Gateway gateway) {
    return start(config, loops, codecs, doors, gateway, Exposition.NONE);
  }

  /** The same, with something to read at {@code /metrics}. */
  public static TransportServer start(
      TransportConfig config,
      Loops loops,
      Codecs codecs,
      Doors doors,
      Gateway gateway,
      Exposition metrics) {
    List<Dialect> dialects = List.of(Dialect.json(codecs), Dialect.cbor(codecs));
    return start(config, loops, dialects, doors, gateway, metrics);
  }

  /** The same, for subprotocols of one's own. */
  static TransportServer start(
      TransportConfig config, Loops loops, List<Dialect> dialects, Doors doors, Gateway gateway) {
    return start(config, loops, dialects, doors, gateway, Exposition.NONE);
  }

  private static TransportServer start(
      TransportConfig config,
      Loops loops,
      List<Dialect> dialects,
      Doors doors,
      Gateway gateway,
      Exposition metrics) {
    var pages = new Pages(TransportServer.class.getClassLoader());
    var proxies = new Proxies(config.trustedProxies());
    var wiring =
        new Wiring(
            config,
            gateway,
            new Routes(gateway, doors, dialects, config, pages, metrics),
            dialects,
            new SocketFraming(),
            new Admission(
                config.sockets().maxConnections(),
                config.sockets().maxConnectionsPerAddress(),
                proxies),
            proxies,
            tls(config),
            sweeps(loops),
            new SocketCounts());
    var open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    return new TransportServer(bind(loops, wiring, open), open, wiring);
  }

  /**
   * Finds out whether an address can be bound, before anything slow is begun for nothing.
   *
   * @throws CannotStart when it cannot
   */
  public static void requireFree(String host, int port) {
    try (var attempt = new ServerSocket()) {
      attempt.setReuseAddress(true);
      attempt.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw taken(host, port, e);
    }
  }

  private static CannotStart taken(String host, int port, Throwable cause) {
    return new CannotStart(
        "Port " + port + " of " + host + " cannot be listened on.",
        "Stop what uses it, or choose another with --port.",
        cause);
  }

  private static Channel bind(Loops loops, Wiring wiring, ChannelGroup open) {
    TransportConfig config = wiring.config();
    var bound = bootstrap(loops, wiring, open).bind(config.host(), config.port());
    bound.awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw taken(config.host(), config.port(), bound.cause());
    }
    return bound.channel();
  }

  private static ServerBootstrap bootstrap(Loops loops, Wiring wiring, ChannelGroup open) {
    SocketLimits limits = wiring.config().sockets();
    var watermarks = new WriteBufferWaterMark(limits.writeLowBytes(), limits.writeHighBytes());
    var bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.epoll() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .handler(new Acceptance(wiring.counts()))
            .childHandler(new ServerPipeline(wiring, open))
            .option(ChannelOption.SO_BACKLOG, limits.backlog())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, watermarks);
    if (loops.epoll()) {
      bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) limits.notSentLowBytes());
    }
    return bootstrap;
  }

  private static Map<EventLoop, Sweep> sweeps(Loops loops) {
    var sweeps = new IdentityHashMap<EventLoop, Sweep>();
    loops.eventLoops().forEach(loop -> sweeps.put(loop, new Sweep(loop)));
    return sweeps;
  }

  private static Optional<SslContext> tls(TransportConfig config) {
    if (config.tls().isEmpty()) {
      return Optional.empty();
    }
    var tls = config.tls().get();
    try {
      return Optional.of(
          SslContextBuilder.forServer(tls.certificate().toFile(), tls.key().toFile()).build());
    } catch (SSLException | IllegalArgumentException e) {
      throw new CannotStart(
          "The certificate " + tls.certificate() + " or its key cannot be used: " + e.getMessage(),
          "Both must be PEM files, the key without a password.",
          e);
    }
  }

  /** Where it listens; with the real port where 0 was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** What the sockets have counted. */
  public SocketCounts counts() {
    return wiring.counts();
  }

  /** WebSockets and streams that were let in. */
  public Count letIn() {
    return wiring.routes().turnstile().letIn();
  }

  /** WebSockets and streams that would have had to wait too long, and were told to come back. */
  public Count putOff() {
    return wiring.routes().turnstile().putOff();
  }

  /** The most that were let in within any one second. Any thread. */
  public long mostLetInASecond() {
    return wiring.routes().turnstile().mostInASecond();
  }

  /** Open connections of every kind. Any thread. */
  public int connections() {
    return wiring.admission().open();
  }

  /** Memory that socket buffers take, in use or kept for the next use. Any thread. */
  public long bufferBytes() {
    var pool = PooledByteBufAllocator.DEFAULT.metric();
    return pool.usedDirectMemory() + pool.usedHeapMemory();
  }

  /** Accepts nobody any more; who is connected stays. */
  public void stopAccepting() {
    listener.close().awaitUninterruptibly();
  }

  /** Stops accepting, and ends every connection that is still open. */
  @Override
  public void close() {
    stopAccepting();
    open.close()
        .awaitUninterruptibly(wiring.config().sockets().closeMillis(), TimeUnit.MILLISECONDS);
  }
}
