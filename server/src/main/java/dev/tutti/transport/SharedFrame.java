package dev.tutti.transport;

import dev.tutti.fanout.Frame;
import io.netty.buffer.ByteBuf;

/**
 * A frame's bytes, header and payload, as they go over any number of sockets. The buffer's indices
 * never change: each socket writes a duplicate of its own.
 */
record SharedFrame(ByteBuf bytes) implements Frame {
  @Override
  public void release() {
    bytes.release();
  }
}
