package dev.tutti.transport;

import dev.tutti.transport.Admission.Verdict;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;

/** The pipeline of each connection. */
final class ServerPipeline extends ChannelInitializer<SocketChannel> {
  /** How many connections over the limit are told so; more of them are just closed. */
  private static final int MAX_TURNED_AWAY = 256;

  private static final int PIPELINE_DEPTH = 4_096;

  private final Wiring wiring;
  private final ChannelGroup open;

  ServerPipeline(Wiring wiring, ChannelGroup open) {
    this.wiring = wiring;
    this.open = open;
  }

  /**
   * Top to bottom, the kernel above. A WebSocket, or a stream of events, takes the place of the two
   * HTTP handlers, and is alone then.
   */
  @Override
  protected void initChannel(SocketChannel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    Verdict verdict = admit(channel);
    open.add(channel);
    wiring.tls().ifPresent(tls -> pipeline.addLast(withoutTimer(tls.newHandler(channel.alloc()))));
    if (verdict == Verdict.ADMITTED) {
      pipeline.addLast(new HttpServerCodec(http(), PIPELINE_DEPTH));
      pipeline.addLast(new HttpConversation(wiring));
      return;
    }
    wiring.counts().turnedAway().increment();
    if (wiring.admission().open() < maxConnections() + MAX_TURNED_AWAY) {
      pipeline.addLast(new TurnedAway(wiring, verdict));
    } else {
      channel.close();
    }
  }

  private Verdict admit(Channel channel) {
    Verdict verdict = wiring.admission().arrived(channel.remoteAddress());
    channel.closeFuture().addListener(closed -> wiring.admission().left(channel.remoteAddress()));
    return verdict;
  }

  private int maxConnections() {
    return wiring.config().sockets().maxConnections();
  }

  private HttpDecoderConfig http() {
    SocketLimits limits = wiring.config().sockets();
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(limits.maxUriBytes())
        .setMaxHeaderSize(limits.maxHeaderBytes());
  }

  /** The handshake's deadline is the sweep's, like everyone's. */
  private static SslHandler withoutTimer(SslHandler handler) {
    handler.setHandshakeTimeoutMillis(0);
    return handler;
  }
}
