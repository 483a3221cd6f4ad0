package dev.tutti.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The masking of payloads (RFC 6455, section 5.3), which is its own inverse. */
final class Mask {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Mask() {}

  /** Masks bytes in place; the first of them with the highest byte of {@code mask}. */
  static void apply(int mask, byte[] bytes, int from, int to) {
    long twice = (long) mask << Integer.SIZE | (mask & 0xFFFFFFFFL);
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      LONGS.set(bytes, i, (long) LONGS.get(bytes, i) ^ twice);
    }
    for (int shift = 24; i < to; i++, shift -= Byte.SIZE) {
      bytes[i] ^= (byte) (mask >>> (shift & 31));
    }
  }
}
