package dev.tutti.transport;

import dev.tutti.fanout.Format;
import dev.tutti.fanout.Frame;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.ServerMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/**
 * One reader of server-sent events: an HTTP answer that goes on until either side closes the
 * connection, which is what ends it; so shared frames go out as they are, without chunk headers.
 * The answer's head waits for the first event, so that a refusal can still be a problem document.
 */
final class EventStreamConnection extends SocketConnection {
  private final Codec json;
  private final Reply head;
  private boolean begun;

  EventStreamConnection(Wiring wiring, Codec json, Reply head, InetAddress client) {
    super(wiring, Format.SSE, client);
    this.json = json;
    this.head = head;
  }

  @Override
  public Codec codec() {
    return json;
  }

  @Override
  public void write(Frame frame) {
    if (open() && !begun) {
      begun = true;
      send(head.rawHead());
    }
    super.write(frame);
  }

  /** Ends the stream before its first event, with an HTTP answer that says why. Loop only. */
  void refuse(Reply problem) {
    if (begun) {
      drop();
    } else if (open()) {
      finish(problem.raw());
    }
  }

  @Override
  PeerClose ended() {
    return PeerClose.NO_CODE;
  }

  @Override
  void sayBye(ServerMessage.Bye bye) {
    write(bye);
    if (open()) {
      // The browser connects again by itself; this is how it is told to wait.
      String retry = "retry: " + bye.retryAfterMillis() + "\n\n";
      finish(channel().alloc().buffer().writeBytes(retry.getBytes(StandardCharsets.US_ASCII)));
    }
  }

  private void finish(ByteBuf last) {
    shut();
    closeSoon();
    ctx().writeAndFlush(last).addListener(sent -> ((DuplexChannel) channel()).shutdownOutput());
  }

  @Override
  public void reading(boolean on) {
    // A stream has nothing to read but its end, which must be seen.
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object msg) {
    ReferenceCountUtil.release(msg);
  }
}
