package dev.tutti.load;

import java.nio.charset.StandardCharsets;

/**
 * Finds fields in JSON text without parsing it. That is safe here: inside a JSON string a quote is
 * escaped, so {@code "seq":} with its quotes can only be a field's name.
 */
final class Scan {
  static final byte[] SEQ = Text.ascii("\"seq\":");
  static final byte[] EPOCH = Text.ascii("\"epoch\":\"");
  static final byte[] EVENTS = Text.ascii("\"events\":[");
  static final byte[] ID = Text.ascii("\"id\":");
  static final byte[] KEY = Text.ascii("\"key\":\"");
  static final byte[] CODE = Text.ascii("\"code\":\"");
  static final byte[] RETRY = Text.ascii("\"retryAfterMillis\":");
  static final byte[] MESSAGE = Text.ascii("\"message\":\"");
  static final byte[] REASON = Text.ascii("\"reason\":\"");

  /** Returned where nothing was found. */
  static final int NONE = -1;

  private Scan() {}

  /** The index just behind the first {@code field} that starts in [from, to), or {@link #NONE}. */
  static int after(byte[] text, int from, int to, byte[] field) {
    int last = to - field.length;
    byte first = field[0];
    byte second = field[1];
    for (int at = from; at <= last; at++) {
      if (text[at] == first && text[at + 1] == second && matches(text, at, field)) {
        return at + field.length;
      }
    }
    return NONE;
  }

  static boolean matches(byte[] text, int at, byte[] field) {
    for (int i = 0; i < field.length; i++) {
      if (text[at + i] != field[i]) {
        return false;
      }
    }
    return true;
  }

  /** The decimal number that starts at {@code at}. */
  static long number(byte[] text, int at, int to) {
    long value = 0;
    for (int i = at; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** The number in {@code field}, or {@link #NONE}. */
  static long numberIn(byte[] text, int from, int to, byte[] field) {
    int at = after(text, from, to, field);
    return at == NONE ? NONE : number(text, at, to);
  }

  /** The text in {@code field} up to its closing quote, or an empty string. */
  static String wordIn(byte[] text, int from, int to, byte[] field) {
    int at = after(text, from, to, field);
    if (at == NONE) {
      return "";
    }
    int end = at;
    while (end < to && text[end] != '"') {
      end++;
    }
    return new String(text, at, end - at, StandardCharsets.UTF_8);
  }
}
