package dev.tutti.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands at the listening socket. When the process has no file descriptors left, accepting fails;
 * Netty then pauses for a second, after which some may have been given back.
 */
final class Acceptance extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(Acceptance.class);

  private final SocketCounts counts;

  Acceptance(SocketCounts counts) {
    this.counts = counts;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    counts.notAccepted().increment();
    log.warn("nobody is accepted for a second: {}", cause.toString());
  }
}
