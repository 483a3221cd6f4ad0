package dev.tutti.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP/1.1 part of a connection's life: takes requests apart, answers them in their order, one
 * at a time, and keeps each phase to its deadline. While an answer is awaited or the client does
 * not read, nothing is read from it; so its line is never longer than what one read brings. Gives
 * way to a WebSocket or an event stream. Used on its connection's event loop only.
 */
final class HttpConversation extends ChannelInboundHandlerAdapter implements Sweep.Overdue {
  private static final Logger log = LoggerFactory.getLogger(HttpConversation.class);

  private final Wiring wiring;
  private final Incoming incoming;
  private final ArrayDeque<Turn> line = new ArrayDeque<>();

  @SuppressWarnings("NullAway.Init") // set when added to the pipeline, before anything is called
  private ChannelHandlerContext ctx;

  /** The request that is being answered. */
  private @Nullable Exchange current;

  /** The answer that is on its way, if it comes in pieces. */
  private @Nullable Download download;

  /** Set by the first refusal of broken input: what comes behind it is thrown away. */
  private boolean deaf;

  /** True once the last answer is written: the peer may read it, then the connection ends. */
  private boolean ending;

  private boolean advancing;

  HttpConversation(Wiring wiring) {
    this.wiring = wiring;
    this.incoming =
        new Incoming(wiring.routes().uploads(), wiring.config().limits().maxMessageBytes());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
    watch(wiring.config().sockets().handshakeMillis());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object msg) {
    try {
      if (!deaf && msg instanceof HttpRequest request) {
        begin(request);
      }
      if (!deaf && msg instanceof HttpContent content) {
        read(content);
      }
    } finally {
      ReferenceCountUtil.release(msg);
    }
  }

  private void begin(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      refuse(Incoming.unreadable(request.decoderResult().cause()));
      return;
    }
    watch(wiring.config().sockets().requestMillis());
    Optional<Reply> refusal = incoming.begin(request);
    if (refusal.isPresent()) {
      refuse(refusal.get());
    } else if (request.headers().contains(HttpHeaderNames.EXPECT)) {
      expected(request);
    }
  }

  private void expected(HttpRequest request) {
    if (!HttpUtil.is100ContinueExpected(request)) {
      refuse(Problem.of(417, "invalid", "Only 100-continue can be expected here."));
    } else if (current == null && line.isEmpty()) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  private void read(HttpContent content) {
    Optional<Reply> refusal = incoming.add(content, ctx.alloc());
    if (refusal.isPresent()) {
      refuse(refusal.get());
    } else if (content instanceof LastHttpContent) {
      incoming.end().ifPresent(this::enqueue);
    }
  }

  private void refuse(Reply problem) {
    deaf = true;
    incoming.forget();
    enqueue(new Turn.Refusal(problem));
  }

  private void enqueue(Turn turn) {
    boolean alone = current == null && line.isEmpty() && !advancing;
    line.add(turn);
    advance(alone);
  }

  /**
   * Takes turns until one has to wait for its answer, or the client for reading.
   *
   * @param alone whether the one turn in line has just come, and nothing behind it has been decoded
   */
  private void advance(boolean alone) {
    if (advancing) {
      return;
    }
    advancing = true;
    while (current == null && !ending && ctx.channel().isWritable() && !line.isEmpty()) {
      switch (line.remove()) {
        case Turn.Refusal refusal -> write(refusal.problem(), false);
        case Request request -> take(request, alone);
      }
    }
    advancing = false;
    if (!ctx.isRemoved()) {
      ctx.channel().config().setAutoRead(ending || (current == null && line.isEmpty()));
    }
  }

  private void take(Request request, boolean alone) {
    var exchange = new Exchange(this, (EventLoop) ctx.executor(), request, alone);
    current = exchange;
    wiring.sweep(ctx.channel()).forget(this);
    try {
      wiring.routes().handle(exchange);
    } catch (RuntimeException e) {
      log.error("failed at {} {}", request.method(), request.path(), e);
      exchange.reply(Problem.failed());
    }
  }

  /** Whether this one's answer is still to come, and somebody there to read it. */
  boolean awaits(Exchange exchange) {
    return exchange == current;
  }

  /** Whether nothing has come behind the request that is being answered. */
  boolean nobodyBehind() {
    return line.isEmpty();
  }

  /** Writes the answer of {@code exchange}, unless it has one already. */
  void answer(Exchange exchange, Reply reply) {
    if (exchange == current) {
      current = null;
      write(reply, exchange.request().keepAlive());
      advance(false);
    }
  }

  /** Writes the answer of {@code exchange} as it comes, unless it has one already. */
  void answer(Exchange exchange, Reply head, Pieces pieces) {
    if (exchange != current || ending) {
      return;
    }
    ctx.writeAndFlush(head.chunked(exchange.request().keepAlive()));
    int idleMillis = wiring.config().sockets().idleMillis();
    watch(idleMillis);
    download =
        new Download(
            ctx,
            pieces,
            () -> watch(idleMillis),
            () -> {
              download = null;
              current = null;
              if (exchange.request().keepAlive()) {
                advance(false);
              } else {
                ctx.close();
              }
            });
    download.go();
  }

  private void write(Reply reply, boolean keepAlive) {
    var sent = ctx.writeAndFlush(reply.encoded(keepAlive));
    if (keepAlive) {
      watch(wiring.config().sockets().idleMillis());
      return;
    }
    deaf = true;
    ending = true;
    line.clear();
    watch(wiring.config().sockets().idleMillis());
    // Closing at once would make the kernel reset the connection if the client is still sending,
    // and the answer could be lost; so it is closed for writing, and read until the client is done.
    sent.addListener(done -> {
      ((DuplexChannel) ctx.channel()).shutdownOutput();
      if (ctx.channel().isActive()) {
        watch(wiring.config().sockets().closeMillis());
      }
    });
  }

  /**
   * Ends the HTTP part: a WebSocket takes over, and gets every byte that came behind the request.
   */
  void upgrade(Handshake.Agreed agreed, InetAddress client) {
    var connection = new WebSocketConnection(wiring, agreed.dialect(), agreed.deflate(), client);
    giveWay(connection, agreed.response());
    connection.opened();
  }

  /** Ends the HTTP part: a stream of events takes over. */
  EventStreamConnection stream(Reply begin, InetAddress client) {
    var connection =
        new EventStreamConnection(wiring, wiring.dialects().getFirst().codec(), begin, client);
    giveWay(connection, null);
    return connection;
  }

  private void giveWay(SocketConnection connection, @Nullable ByteBuf response) {
    current = null;
    line.clear();
    wiring.sweep(ctx.channel()).forget(this);
    var pipeline = ctx.pipeline();
    if (response != null) {
      var belowEncoder = pipeline.context(HttpServerCodec.class);
      belowEncoder.writeAndFlush(response);
    }
    pipeline.addLast(connection);
    pipeline.remove(this);
    pipeline.remove(HttpServerCodec.class);
    ctx.channel().config().setAutoRead(true);
  }

  /** Who is at the other end. Not asked before there is one, nor when it has gone. */
  Peer peer() {
    return new Peer(ctx.channel(), wiring);
  }

  private void watch(int millis) {
    wiring.sweep(ctx.channel()).watch(this, millis);
  }

  /** A request that stays unfinished gets an answer; whoever has not even begun one does not. */
  @Override
  public void overdue() {
    if (incoming.isUnderWay() && !deaf) {
      refuse(Problem.of(408, "timeout", "The request took too long to arrive."));
    } else {
      ctx.close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (download != null) {
      download.go();
    }
    advance(false);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (download != null) {
      download.end();
    }
    deaf = true;
    current = null;
    line.clear();
    incoming.forget();
    wiring.sweep(context.channel()).forget(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("lost {}: {}", context.channel().remoteAddress(), cause.toString());
    context.close();
  }
}
