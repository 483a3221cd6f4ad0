package dev.tutti.transport;

import dev.tutti.fanout.Format;
import dev.tutti.fanout.Frame;
import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.session.Connection;
import dev.tutti.session.Inbound;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a WebSocket and a stream of server-sent events have in common: a socket that messages are
 * written to, the last handler of its pipeline. It holds no buffer of its own; what waits to be
 * sent is in Netty's outbound buffer, up to the high watermark for what can be skipped, and to
 * {@link SocketLimits#maxPendingBytes} for everything.
 */
abstract sealed class SocketConnection extends ChannelInboundHandlerAdapter
    implements Connection, Sweep.Overdue permits WebSocketConnection, EventStreamConnection {
  private static final Logger log = LoggerFactory.getLogger(SocketConnection.class);

  final Wiring wiring;
  private final Format format;

  /** Where it comes from, through whatever proxies of ours. */
  private final InetAddress client;

  /** Set once, when the handler is added to its pipeline; nothing is called before. */
  @SuppressWarnings("NullAway.Init")
  private ChannelHandlerContext ctx;

  /** Null until the gateway has opened the connection. */
  private @Nullable Inbound inbound;

  /** True until the first step of closing: nothing is written or received behind it. */
  private boolean open = true;

  SocketConnection(Wiring wiring, Format format, InetAddress client) {
    this.wiring = wiring;
    this.format = format;
    this.client = client;
  }

  /** Says {@code bye} in the connection's own way and begins to close. Called once, while open. */
  abstract void sayBye(ServerMessage.Bye bye);

  /** From now on the session hears of this connection. */
  final void attach(Inbound session) {
    inbound = session;
  }

  final @Nullable Inbound inbound() {
    return inbound;
  }

  final Channel channel() {
    return ctx.channel();
  }

  final ChannelHandlerContext ctx() {
    return ctx;
  }

  final boolean open() {
    return open;
  }

  /** Begins to close: nothing is written to the peer as a message any more. */
  final void shut() {
    open = false;
  }

  @Override
  public final Executor loop() {
    return ctx.channel().eventLoop();
  }

  @Override
  public final Format format() {
    return format;
  }

  @Override
  public final String remoteAddress() {
    return client.getHostAddress();
  }

  @Override
  public final boolean writable() {
    return open && ctx.channel().isWritable();
  }

  @Override
  public void write(Frame frame) {
    if (open) {
      send(((SharedFrame) frame).bytes().retainedDuplicate());
    }
  }

  @Override
  public final void write(ServerMessage message) {
    if (open) {
      Frame frame = wiring.framing().frame(format, codec().encode(message), "");
      write(frame);
      frame.release();
    }
  }

  @Override
  public final void flush() {
    ctx.flush();
  }

  @Override
  public final void close(CloseCode code, String reason, int retryAfterMillis) {
    if (open) {
      wiring.counts().closed().increment(code);
      log.debug("closing {}: {} {}", named(), code, reason);
      sayBye(new ServerMessage.Bye(code.code(), reason, code.reconnect(), retryAfterMillis));
    }
  }

  /** For logs: the session's id, which its client knows too, and where it is. */
  private String named() {
    return (inbound == null ? "" : inbound.id() + " ") + "from " + remoteAddress();
  }

  /** Sends bytes as they are, and drops the connection when too much waits in it. */
  final void send(ByteBuf bytes) {
    ctx.write(bytes, ctx.voidPromise());
    ChannelOutboundBuffer waiting = ctx.channel().unsafe().outboundBuffer();
    if (waiting == null) {
      return;
    }
    long pending = waiting.totalPendingWriteBytes();
    wiring.counts().mostPending().see(pending);
    if (pending > wiring.config().sockets().maxPendingBytes()) {
      wiring.counts().dropped().increment();
      log.info("dropping {}: it does not read, and too much waits for it", named());
      drop();
    }
  }

  /** Ends the connection without a word, which its peer would not read. */
  final void drop() {
    open = false;
    ctx.close();
  }

  /** Gives the peer {@link SocketLimits#closeMillis} to do its part of closing. */
  final void closeSoon() {
    ctx.channel().config().setAutoRead(true);
    sweep().watch(this, wiring.config().sockets().closeMillis());
  }

  final Sweep sweep() {
    return wiring.sweep(ctx.channel());
  }

  @Override
  public final void overdue() {
    drop();
  }

  @Override
  public final void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    left(ended());
    sweep().forget(this);
    if (inbound != null) {
      inbound.closed();
    }
  }

  /** What its end without a word is, when nothing has broken it. */
  abstract PeerClose ended();

  /** The peer has ended it, unless the server had begun to. */
  final void left(PeerClose how) {
    if (open) {
      open = false;
      wiring.counts().left().increment(how);
    }
  }

  @Override
  public final void channelWritabilityChanged(ChannelHandlerContext context) {
    if (open && inbound != null) {
      inbound.writabilityChanged();
    }
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      log.debug("lost {}: {}", named(), cause.getMessage());
      left(PeerClose.LOST);
      drop();
    } else {
      failed(cause);
    }
  }

  /** Something of ours failed at this connection, which is no reason for others to suffer. */
  final void failed(Throwable cause) {
    log.error("failed at {}", named(), cause);
    close(CloseCode.INTERNAL, "The server failed at this connection.", 1_000);
  }
}
