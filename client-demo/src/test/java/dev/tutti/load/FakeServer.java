package dev.tutti.load;

import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.Codecs;
import dev.tutti.protocol.Event;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.Role;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server that speaks the protocol from memory on one thread, and breaks its promises on request.
 * Events of one read leave in one message, as they do under load.
 */
final class FakeServer implements AutoCloseable {
  /** The promise that is broken. */
  enum Flaw {
    NONE,
    /** The 50th event of a room never leaves. */
    LOSES_AN_EVENT,
    /** The 50th event of a room leaves twice. */
    REPEATS_AN_EVENT,
    /** Answers come before their events. */
    ACCEPTS_TOO_EARLY,
    /** Every third move is refused. */
    REFUSES_AS_TOO_FAST
  }

  private static final long FLAWED_SEQ = 50;

  private final Codec codec = new Codecs(Limits.DEFAULTS).json();
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listening;
  private final Flaw flaw;

  // On the one event loop only.
  private final Map<RoomName, Room> rooms = new HashMap<>();
  private long moves;

  private static final class Room {
    long seq;
    final List<Channel> subscribers = new ArrayList<>();
    final List<Event> batch = new ArrayList<>();
    final List<Event> all = new ArrayList<>();
    final List<Runnable> answers = new ArrayList<>();
  }

  FakeServer(Flaw flaw) throws InterruptedException {
    this.flaw = flaw;
    this.listening =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(4096))
                        .addLast(new Pages())
                        .addLast(new WebSocketServerProtocolHandler("/v1/ws", "tutti.v1.json"))
                        .addLast(new Session());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
  }

  URI url() {
    return URI.create("ws://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort());
  }

  /** There are none: whatever is no WebSocket is not found. */
  private static final class Pages extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (request.uri().equals("/v1/ws")) {
        context.fireChannelRead(request.retain());
        return;
      }
      context
          .writeAndFlush(
              new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private final class Session extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      byte[] payload = new byte[frame.content().readableBytes()];
      frame.content().readBytes(payload);
      received(context.channel(), codec.decodeClient(payload));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      rooms.forEach(FakeServer.this::leave);
      context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      rooms.values().forEach(room -> room.subscribers.remove(context.channel()));
    }

    /** Clients that cut their connections are what this server is for. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof IOException) {
        context.close();
      } else {
        context.fireExceptionCaught(cause);
      }
    }
  }

  private void received(Channel from, ClientMessage message) {
    switch (message) {
      case ClientMessage.Hello hello -> welcome(from);
      case ClientMessage.Subscribe subscribe -> subscribe(from, subscribe);
      case ClientMessage.Unsubscribe unsubscribe -> {
        room(unsubscribe.room()).subscribers.remove(from);
        send(
            from, new ServerMessage.Unsubscribed(unsubscribe.id(), unsubscribe.room(), null, null));
      }
      case ClientMessage.Command command -> command(from, command);
      default -> throw new IllegalStateException("not sent by a load: " + message);
    }
  }

  private void welcome(Channel to) {
    send(
        to,
        new ServerMessage.Welcome(
            "s1",
            new ServerMessage.Welcome.User("guest:load-1", "load"),
            null,
            new ServerMessage.Welcome.Server("fake", Instant.EPOCH),
            25_000,
            Limits.DEFAULTS.forClient()));
  }

  private void subscribe(Channel from, ClientMessage.Subscribe subscribe) {
    Room room = room(subscribe.room());
    room.subscribers.add(from);
    Long after = subscribe.after();
    send(
        from,
        new ServerMessage.Subscribed(
            subscribe.id(),
            subscribe.room(),
            "epoch",
            room.seq,
            Role.EDITOR,
            after == null ? object() : null,
            after == null ? null : room.all.stream().filter(event -> event.seq() > after).toList(),
            object(),
            0));
  }

  private void command(Channel from, ClientMessage.Command command) {
    boolean move = command.name().equals("ticket.move");
    if (move && flaw == Flaw.REFUSES_AS_TOO_FAST && ++moves % 3 == 0) {
      ObjectNode details = object().put("retryAfterMillis", 1);
      send(
          from,
          new ServerMessage.Refused(command.id(), Code.TOO_FAST, "Too many messages.", details));
      return;
    }
    Room room = room(command.room());
    long seq = ++room.seq;
    Event event =
        new Event(seq, "done", "guest:load-1", Instant.now(), command.key(), patch(command));
    if (seq != FLAWED_SEQ || flaw != Flaw.LOSES_AN_EVENT) {
      room.batch.add(event);
      room.all.add(event);
    }
    if (seq == FLAWED_SEQ && flaw == Flaw.REPEATS_AN_EVENT) {
      room.batch.add(event);
    }
    Runnable answer =
        () -> send(from, new ServerMessage.Accepted(command.id(), command.room(), seq));
    if (flaw == Flaw.ACCEPTS_TOO_EARLY) {
      answer.run();
    } else {
      room.answers.add(answer);
    }
  }

  private static ObjectNode patch(ClientMessage.Command command) {
    ObjectNode patch = object();
    patch.putObject("entities").set("it", command.args());
    return patch;
  }

  private void leave(RoomName name, Room room) {
    if (!room.batch.isEmpty()) {
      byte[] json = codec.encode(new ServerMessage.Events(name, List.copyOf(room.batch)));
      room.batch.clear();
      room.subscribers.forEach(
          to -> to.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(json))));
    }
    room.answers.forEach(Runnable::run);
    room.answers.clear();
  }

  private void send(Channel to, ServerMessage message) {
    to.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(codec.encode(message))));
  }

  private Room room(RoomName name) {
    return rooms.computeIfAbsent(name, ignored -> new Room());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() throws InterruptedException {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).sync();
  }
}
