package dev.tutti.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, without a pipeline: the handshake, the frames, and the dialect's wrapping. What is
 * sent gathers until {@link #flush}. Lives on its lane's event loop.
 */
final class Wire extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
  /** What a wire tells its client, on the event loop. */
  interface Listener {
    void opened(Wire wire);

    void message(byte[] array, int from, int to);

    /** All that could be read now has been told. */
    void drained();

    void closed(String why);

    /**
     * The server does not open a WebSocket now; the connection is closed next.
     *
     * @param retryAfterSeconds when to come back; 0 where it does not say
     */
    default void turnedAway(int retryAfterSeconds) {}
  }

  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int MAX_HANDSHAKE_BYTES = 16 * 1024;

  private static final Pattern RETRY_AFTER =
      Pattern.compile("(?i)\r\nretry-after: *(\\d{1,6})\r\n");

  private final URI url;
  private final Dialect dialect;
  private final Lane lane;
  private final Listener listener;
  private final FrameReader frames = new FrameReader(this);

  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf outgoing;

  /** The answer to the handshake as far as it has come; null once it is complete. */
  private @Nullable StringBuilder handshake = new StringBuilder();

  private String closeReason = "the connection was lost";
  private boolean closed;

  Wire(URI url, Dialect dialect, Lane lane, Listener listener) {
    this.url = url;
    this.dialect = dialect;
    this.lane = lane;
    this.listener = listener;
  }

  /** Connects on the lane's loop. Any thread. */
  ChannelFuture connect(Bootstrap bootstrap) {
    return bootstrap
        .clone(lane.loop())
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(Wire.this);
              }
            })
        .connect(url.getHost(), url.getPort());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    this.context = context;
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    String request =
        "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                .formatted(dialect.path, url.getHost(), url.getPort())
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
            + Base64.getEncoder().encodeToString(nonce)
            + (dialect.subprotocol.isEmpty()
                ? ""
                : "\r\nSec-WebSocket-Protocol: " + dialect.subprotocol)
            + "\r\n\r\n";
    context.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      lane.tally().read(in.readableBytes());
      if (handshake != null && !upgraded(handshake, in)) {
        return;
      }
      frames.read(in, lane.scratch());
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    listener.drained();
    flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    closeReason = cause.toString();
    context.close();
  }

  /** Sends what {@code json} holds as one message, at the next {@link #flush}. */
  void send(Text json) {
    ByteBuf out = begin(dialect.prefix.length + json.length() + dialect.suffix.length);
    out.writeBytes(dialect.prefix).writeBytes(json.array(), 0, json.length());
    out.writeBytes(dialect.suffix);
  }

  void flush() {
    if (outgoing != null && context != null) {
      ByteBuf out = outgoing;
      outgoing = null;
      context.writeAndFlush(out, context.voidPromise());
    }
  }

  /** Breaks the connection, as a network does: nothing of it stays in either kernel. */
  void cut() {
    if (context != null) {
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    }
    close();
  }

  /** Whether bytes are taken from the socket; what comes meanwhile waits in the kernel. */
  void reading(boolean now) {
    if (context != null) {
      context.channel().config().setAutoRead(now);
    }
  }

  void close() {
    closeReason = "closed by the client";
    if (context != null) {
      context.close();
    }
  }

  @Override
  public void frame(int opcode, byte[] array, int from, int to) {
    lane.tally().frame();
    switch (opcode) {
      case TEXT -> text(array, from, to);
      case PING -> control(PONG, array, from, to);
      case CLOSE -> {
        int code = to - from < 2 ? 1005 : (array[from] & 0xff) << 8 | array[from + 1] & 0xff;
        String reason =
            new String(
                array, Math.min(from + 2, to), Math.max(0, to - from - 2), StandardCharsets.UTF_8);
        closeReason = ("close " + code + " " + reason).strip();
        control(CLOSE, array, from, Math.min(from + 2, to));
        flush();
        close(closeReason);
      }
      default -> {}
    }
  }

  private void close(String why) {
    close();
    closeReason = why;
  }

  private void text(byte[] array, int from, int to) {
    if (dialect == Dialect.TUTTI) {
      listener.message(array, from, to);
      return;
    }
    if (to - from > dialect.prefix.length && array[from] == '4' && array[from + 1] == '2') {
      listener.message(array, from + dialect.prefix.length, to - dialect.suffix.length);
    } else if (array[from] == '0') {
      raw("40");
    } else if (array[from] == '2') {
      raw("3");
    } else if (array[from] == '4' && array[from + 1] == '0') {
      listener.opened(this);
    }
  }

  private void raw(String packet) {
    begin(packet.length()).writeCharSequence(packet, StandardCharsets.US_ASCII);
  }

  private boolean upgraded(StringBuilder answer, ByteBuf in) {
    while (in.isReadable() && answer.indexOf("\r\n\r\n") < 0) {
      answer.append((char) in.readByte());
      if (answer.length() > MAX_HANDSHAKE_BYTES) {
        throw new IllegalStateException("no end of the handshake's answer");
      }
    }
    if (answer.indexOf("\r\n\r\n") < 0) {
      return false;
    }
    if (!answer.toString().startsWith("HTTP/1.1 101")) {
      String status = answer.substring(0, answer.indexOf("\r\n"));
      Matcher retry = RETRY_AFTER.matcher(answer);
      listener.turnedAway(retry.find() ? Integer.parseInt(retry.group(1)) : 0);
      throw new IllegalStateException("the server did not open a WebSocket: " + status);
    }
    handshake = null;
    if (dialect == Dialect.TUTTI) {
      listener.opened(this);
    }
    return true;
  }

  /** Writes a text frame's header and leaves room for its payload. */
  private ByteBuf begin(int payload) {
    return header(TEXT, payload);
  }

  private void control(int opcode, byte[] array, int from, int to) {
    header(opcode, to - from).writeBytes(array, from, to - from);
  }

  private ByteBuf header(int opcode, int payload) {
    ByteBuf out = outgoing;
    if (out == null) {
      out = lane.allocator().directBuffer(Math.max(512, payload + 16));
      outgoing = out;
    }
    out.writeByte(0x80 | opcode);
    if (payload < 126) {
      out.writeByte(0x80 | payload);
    } else {
      out.writeByte(0x80 | 126).writeShort(payload);
    }
    // A mask of zero is a valid mask, and it spares this process the masking.
    return out.writeInt(0);
  }

  private void end() {
    if (closed) {
      return;
    }
    closed = true;
    frames.release();
    if (outgoing != null) {
      outgoing.release();
      outgoing = null;
    }
    listener.closed(closeReason);
  }
}
