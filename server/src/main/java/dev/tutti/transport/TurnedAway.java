package dev.tutti.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;

/** A connection too many: it is told so at once, whatever it meant to ask, and ended. */
final class TurnedAway extends ChannelInboundHandlerAdapter {
  private static final String RETRY_SECONDS = "10";

  private final Wiring wiring;
  private final Reply problem;

  TurnedAway(Wiring wiring, Admission.Verdict verdict) {
    this.wiring = wiring;
    this.problem =
        verdict == Admission.Verdict.ADDRESS_FULL
            ? addressFull()
            : Problem.of(503, "unavailable", "The server holds as many connections as it may.")
                .with("Retry-After", RETRY_SECONDS);
  }

  /** For one connection too many from one address. */
  static Reply addressFull() {
    return Problem.of(429, "too_fast", "Too many connections come from your address.")
        .with("Retry-After", RETRY_SECONDS);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    wiring.sweep(ctx.channel()).watch(ctx::close, wiring.config().sockets().closeMillis());
    ctx.writeAndFlush(problem.raw())
        .addListener(sent -> ((DuplexChannel) ctx.channel()).shutdownOutput());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ReferenceCountUtil.release(msg);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
