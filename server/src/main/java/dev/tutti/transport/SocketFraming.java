package dev.tutti.transport;

import dev.tutti.fanout.Format;
import dev.tutti.fanout.Frame;
import dev.tutti.fanout.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Puts a message and its header (RFC 6455, section 5.2; or its server-sent-event lines) into one
 * pooled direct buffer, which every subscriber's socket sends as it is. Stateless, any thread.
 */
public final class SocketFraming implements Framing {
  /** Below this many bytes compression gains less than it costs both sides. */
  private static final int DEFLATE_FROM_BYTES = 256;

  private static final int MAX_HEADER_BYTES = 10;
  private static final int FIN = 0x80;
  private static final int COMPRESSED = 0x40;

  @Override
  public Frame frame(Format format, byte[] payload, String id) {
    return switch (format) {
      case JSON -> new SharedFrame(webSocket(Opcode.TEXT, payload));
      case CBOR -> new SharedFrame(webSocket(Opcode.BINARY, payload));
      case JSON_DEFLATE -> new SharedFrame(deflated(Opcode.TEXT, payload));
      case CBOR_DEFLATE -> new SharedFrame(deflated(Opcode.BINARY, payload));
      case SSE -> new SharedFrame(serverSentEvent(payload, id));
    };
  }

  /** One unfragmented, unmasked frame. */
  static ByteBuf webSocket(int opcode, byte[] payload) {
    return webSocket(FIN | opcode, payload, payload.length);
  }

  private static ByteBuf deflated(int opcode, byte[] payload) {
    if (payload.length < DEFLATE_FROM_BYTES) {
      return webSocket(opcode, payload);
    }
    byte[] small = Deflation.deflate(payload);
    return webSocket(FIN | COMPRESSED | opcode, small, small.length);
  }

  private static ByteBuf webSocket(int first, byte[] payload, int length) {
    ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(MAX_HEADER_BYTES + length);
    out.writeByte(first);
    if (length < 126) {
      out.writeByte(length);
    } else if (length <= 0xFFFF) {
      out.writeByte(126).writeShort(length);
    } else {
      out.writeByte(127).writeLong(length);
    }
    return out.writeBytes(payload, 0, length);
  }

  /** JSON as it is encoded here has no line break in it, so one data line carries it. */
  private static ByteBuf serverSentEvent(byte[] json, String id) {
    byte[] head =
        (id.isEmpty() ? "data: " : "id: " + id + "\ndata: ").getBytes(StandardCharsets.US_ASCII);
    ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(head.length + json.length + 2);
    return out.writeBytes(head).writeBytes(json).writeByte('\n').writeByte('\n');
  }
}
