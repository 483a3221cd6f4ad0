package dev.tutti.transport;

import dev.tutti.protocol.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request of a connection that is on its way in: its head, then its body, of which it holds no
 * more than may come. On the connection's event loop.
 */
final class Incoming {
  private final Uploads uploads;
  private final int maxMessageBytes;

  /** The request whose body is being read. */
  private @Nullable HttpRequest head;

  private @Nullable ByteBuf body;

  /** True while {@code body} is that of a room on its way in, which has a place of its own. */
  private boolean uploading;

  Incoming(Uploads uploads, int maxMessageBytes) {
    this.uploads = uploads;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** Whether a request has begun that has not come whole. */
  boolean isUnderWay() {
    return head != null;
  }

  /** A request begins. Why it is not read any further, if so. */
  Optional<Reply> begin(HttpRequest request) {
    head = request;
    if (request.protocolVersion().majorVersion() != 1) {
      return Optional.of(Problem.of(505, "unsupported_version", "This server speaks HTTP/1.1."));
    }
    if (request.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
      return Optional.of(Problem.of(400, "malformed", "A request has one Host."));
    }
    if (Uploads.isOne(request)) {
      Optional<Reply> refusal = uploads.refusal(request);
      if (refusal.isPresent()) {
        return refusal;
      }
      uploading = true;
    }
    return HttpUtil.getContentLength(request, 0L) > maxBodyBytes()
        ? Optional.of(tooLarge())
        : Optional.empty();
  }

  /** More of its body has come. Why it is not read any further, if so. */
  Optional<Reply> add(HttpContent content, ByteBufAllocator allocator) {
    if (content.decoderResult().isFailure()) {
      return Optional.of(unreadable(content.decoderResult().cause()));
    }
    int bytes = content.content().readableBytes();
    if (bytes > 0) {
      if (body == null) {
        body = allocator.heapBuffer(bytes);
      }
      if (body.readableBytes() + bytes > maxBodyBytes()) {
        return Optional.of(tooLarge());
      }
      body.writeBytes(content.content());
    }
    return Optional.empty();
  }

  /** It has come whole, if one was under way. */
  Optional<Turn> end() {
    HttpRequest request = head;
    if (request == null) {
      return Optional.empty();
    }
    byte[] whole = body == null ? new byte[0] : ByteBufUtil.getBytes(body);
    forget();
    return Optional.of(Request.of(request, whole));
  }

  /** Nothing is under way any more. */
  void forget() {
    head = null;
    if (uploading) {
      uploading = false;
      uploads.left();
    }
    if (body != null) {
      body.release();
      body = null;
    }
  }

  private int maxBodyBytes() {
    return uploading ? Uploads.MAX_BYTES : maxMessageBytes;
  }

  private Reply tooLarge() {
    return Problem.of(413, "too_large", "A body may have " + Limits.bytes(maxBodyBytes()) + ".");
  }

  /** What is said to bytes that are no request. */
  static Reply unreadable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ ->
          Problem.of(414, "too_large", "The request's first line is too long.");
      case TooLongHttpHeaderException _ ->
          Problem.of(431, "too_large", "The request's header fields are too long.");
      default -> Problem.of(400, "malformed", "The request is not HTTP/1.1.");
    };
  }
}
