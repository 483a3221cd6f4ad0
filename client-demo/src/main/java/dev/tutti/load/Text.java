package dev.tutti.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing line of ASCII, used again for every message so that sending makes no garbage. */
final class Text {
  private static final byte[] HEX = ascii("0123456789abcdef");

  private byte[] array = new byte[1024];
  private int length;

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  Text clear() {
    length = 0;
    return this;
  }

  Text add(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, array, length, bytes.length);
    length += bytes.length;
    return this;
  }

  Text add(Text other) {
    room(other.length);
    System.arraycopy(other.array, 0, array, length, other.length);
    length += other.length;
    return this;
  }

  Text add(String ascii) {
    return add(ascii(ascii));
  }

  /** A number in decimal digits; not negative. */
  Text add(long number) {
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    room(digits);
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      array[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** The lowest {@code digits} hexadecimal digits. */
  Text addHex(long number, int digits) {
    room(digits);
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      array[length++] = HEX[(int) (number >>> shift) & 15];
    }
    return this;
  }

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  private void room(int more) {
    if (length + more > array.length) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
    }
  }

  @Override
  public String toString() {
    return new String(array, 0, length, StandardCharsets.US_ASCII);
  }
}
