package dev.tutti.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer on its way, piece by piece: the next one is asked for when the client has taken enough
 * of those before. Used on its connection's event loop only.
 */
final class Download {
  private static final Logger log = LoggerFactory.getLogger(Download.class);

  private final ChannelHandlerContext ctx;
  private final Pieces pieces;
  private final Runnable moved;
  private final Runnable ended;

  /** True while a piece is awaited. */
  private boolean asked;

  private boolean over;

  /**
   * @param moved run whenever a piece has been written
   * @param ended run behind the last one
   */
  Download(ChannelHandlerContext ctx, Pieces pieces, Runnable moved, Runnable ended) {
    this.ctx = ctx;
    this.pieces = pieces;
    this.moved = moved;
    this.ended = ended;
  }

  /** Goes on, if the client takes more. */
  void go() {
    if (!asked && !over && ctx.channel().isWritable()) {
      asked = true;
      pieces
          .next()
          .whenComplete((piece, failure) -> ctx.executor().execute(() -> taken(piece, failure)));
    }
  }

  private void taken(@Nullable Optional<byte[]> piece, @Nullable Throwable failure) {
    asked = false;
    if (over) {
      return;
    }
    if (piece == null) {
      // The client must not take what it has for the whole: without the last chunk it is broken.
      log.warn("a download broke off: {}", String.valueOf(failure));
      over = true;
      ctx.close();
    } else if (piece.isPresent()) {
      ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece.get())));
      moved.run();
      go();
    } else {
      over = true;
      ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      ended.run();
    }
  }

  /** The client is gone. */
  void end() {
    over = true;
  }
}
