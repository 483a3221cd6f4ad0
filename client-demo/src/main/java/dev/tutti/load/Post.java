package dev.tutti.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One connection that posts, one request at a time. It reads of an answer no more than its status
 * and its body, so that thousands of them cost a generator little. Lives on its lane's event loop.
 */
final class Post extends ChannelInboundHandlerAdapter {
  /** What a connection tells whoever posts. */
  interface Listener {
    /** It is open, or its last request was answered: it takes the next one. */
    void idle(Post post);

    void answered(long dueNanos, int status, String body);

    /**
     * @param why the end of a connection of which an answer was awaited, or which never opened
     */
    void lost(Post post, String why);
  }

  private static final Pattern ANSWER =
      Pattern.compile(
          "HTTP/1\\.1 (\\d{3}) (?:.*\\r\\n)+?content-length: (\\d+)\\r\\n(?:.+\\r\\n)*?\\r\\n",
          Pattern.CASE_INSENSITIVE);

  private final Lane lane;
  private final Listener listener;
  private final StringBuilder answer = new StringBuilder();
  private @Nullable ChannelHandlerContext context;
  private long dueNanos = Scan.NONE;

  Post(Lane lane, Listener listener) {
    this.lane = lane;
    this.listener = listener;
  }

  /** Sends a whole request, which was due then. */
  void send(Text request, long due) {
    dueNanos = due;
    if (context != null) {
      ByteBuf out = lane.allocator().directBuffer(request.length());
      out.writeBytes(request.array(), 0, request.length());
      context.writeAndFlush(out, context.voidPromise());
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext opened) {
    context = opened;
    listener.idle(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      lane.tally().read(in.readableBytes());
      answer.append(in.toString(StandardCharsets.ISO_8859_1));
    } finally {
      in.release();
    }
    Matcher whole = ANSWER.matcher(answer);
    if (whole.lookingAt() && answer.length() >= whole.end() + Integer.parseInt(whole.group(2))) {
      String body = answer.substring(whole.end());
      int status = Integer.parseInt(whole.group(1));
      answer.setLength(0);
      long due = dueNanos;
      dueNanos = Scan.NONE;
      listener.answered(due, status, body);
      listener.idle(this);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext closed) {
    context = null;
    listener.lost(this, dueNanos == Scan.NONE ? "" : "a request had no answer");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    from.close();
  }
}
