package dev.tutti.load;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;

/** One event loop of the generator and all that its thread alone touches. */
final class Lane {
  /** The most that one read takes from a socket. */
  static final int READ_BYTES = 128 * 1024;

  private final EventLoop loop;
  private final Tally tally = new Tally();
  private final EventScan scan = new EventScan();
  private final Stamp stamp;
  private final Text text = new Text();
  private final byte[] scratch = new byte[READ_BYTES];

  Lane(EventLoop loop, int number) {
    this.loop = loop;
    this.stamp = new Stamp(number);
  }

  EventLoop loop() {
    return loop;
  }

  Tally tally() {
    return tally;
  }

  EventScan scan() {
    return scan;
  }

  Stamp stamp() {
    return stamp;
  }

  /** An empty line to write the next message into. */
  Text text() {
    return text.clear();
  }

  byte[] scratch() {
    return scratch;
  }

  ByteBufAllocator allocator() {
    return PooledByteBufAllocator.DEFAULT;
  }
}
