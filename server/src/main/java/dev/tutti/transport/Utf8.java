package dev.tutti.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Says as soon as it can that bytes are not UTF-8 (RFC 3629), however they are cut into pieces: no
 * overlong forms, no surrogates, nothing above U+10FFFF. One text at a time; not thread-safe.
 */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long NOT_ASCII = 0x8080808080808080L;

  /** Bytes that the character begun still lacks. */
  private int missing;

  /** The next byte's lowest and highest value; narrower behind E0, ED, F0 and F4. */
  private int low = 0x80;

  private int high = 0xBF;

  void reset() {
    missing = 0;
    low = 0x80;
    high = 0xBF;
  }

  /** Takes the next piece; false when no continuation can make the text UTF-8. */
  boolean accepts(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (missing == 0) {
        i = skipAscii(bytes, i, to);
        if (i == to) {
          return true;
        }
      }
      if (!accept(bytes[i++] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the text may end here. */
  boolean complete() {
    return missing == 0;
  }

  private static int skipAscii(byte[] bytes, int from, int to) {
    int i = from;
    while (i + Long.BYTES <= to && ((long) LONGS.get(bytes, i) & NOT_ASCII) == 0) {
      i += Long.BYTES;
    }
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  private boolean accept(int b) {
    if (missing > 0) {
      boolean inside = b >= low && b <= high;
      missing--;
      low = 0x80;
      high = 0xBF;
      return inside;
    }
    if (b < 0xC2 || b > 0xF4) {
      return b < 0x80;
    }
    missing = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
    switch (b) {
      case 0xE0 -> low = 0xA0;
      case 0xED -> high = 0x9F;
      case 0xF0 -> low = 0x90;
      case 0xF4 -> high = 0x8F;
      default -> {}
    }
    return true;
  }
}
