package dev.tutti.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a server's bytes into WebSocket frames. A frame that lies whole in what was read is handed
 * on from the lane's own scratch array; one that does not is gathered in a buffer which is given
 * back as soon as it is whole, so that a connection at rest holds nothing.
 */
final class FrameReader {
  /** Bytes of one frame; a larger one ends the connection. */
  static final int MAX_FRAME_BYTES = 64 << 20;

  /** Takes whole frames. The array is valid during the call only. */
  interface Sink {
    void frame(int opcode, byte[] array, int from, int to);
  }

  private final Sink sink;
  private @Nullable ByteBuf partial;

  /** Bytes that {@link #partial} must hold before it can be looked at again. */
  private int needed;

  FrameReader(Sink sink) {
    this.sink = sink;
  }

  /** Reads all of {@code in}; {@code scratch} must be as large as it. */
  void read(ByteBuf in, byte[] scratch) {
    while (partial != null && in.isReadable()) {
      gather(partial, in);
    }
    int length = in.readableBytes();
    if (length == 0) {
      return;
    }
    in.readBytes(scratch, 0, length);
    int at = 0;
    while (at < length) {
      int size = size(scratch, at, length - at);
      if (size > length - at) {
        hold(scratch, at, length - at, size);
        return;
      }
      deliver(scratch, at, size);
      at += size;
    }
  }

  void release() {
    if (partial != null) {
      partial.release();
      partial = null;
    }
  }

  private void hold(byte[] bytes, int at, int length, int size) {
    ByteBuf held = PooledByteBufAllocator.DEFAULT.heapBuffer(size);
    held.writeBytes(bytes, at, length);
    partial = held;
    needed = size;
  }

  private void gather(ByteBuf held, ByteBuf in) {
    int take = Math.min(needed - held.readableBytes(), in.readableBytes());
    held.ensureWritable(take);
    held.writeBytes(in, take);
    if (held.readableBytes() < needed) {
      return;
    }
    int size = size(held.array(), held.arrayOffset(), held.readableBytes());
    if (size > needed) {
      needed = size;
      held.ensureWritable(size - held.readableBytes());
      return;
    }
    partial = null;
    try {
      deliver(held.array(), held.arrayOffset(), size);
    } finally {
      held.release();
    }
  }

  private void deliver(byte[] array, int at, int size) {
    int first = array[at];
    if ((first & 0x80) == 0) {
      throw new IllegalStateException("the server fragments its messages, which is not read here");
    }
    int header = headerBytes(array[at + 1] & 0x7f);
    sink.frame(first & 15, array, at + header, at + size);
  }

  /** The frame's whole size, or as many bytes as are needed to know it. */
  private static int size(byte[] array, int at, int available) {
    if (available < 2) {
      return 2;
    }
    int length = array[at + 1] & 0x7f;
    int header = headerBytes(length);
    if (available < header) {
      return header;
    }
    long payload = length;
    if (header > 2) {
      payload = 0;
      for (int i = 2; i < header; i++) {
        payload = payload << 8 | array[at + i] & 0xff;
      }
    }
    if (payload < 0 || payload > MAX_FRAME_BYTES) {
      throw new IllegalStateException("a frame of " + payload + " bytes");
    }
    return header + (int) payload;
  }

  private static int headerBytes(int length) {
    return length < 126 ? 2 : length == 126 ? 4 : 10;
  }
}
