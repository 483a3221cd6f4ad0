package dev.tutti.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Internet addresses that begin alike, such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or one
 * alone.
 *
 * @param first of them
 * @param bits in which all are alike
 */
public record AddressRange(InetAddress first, int bits) {
  /** Nothing but what an address is written with, so that no name is ever looked up. */
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private static final Pattern RANGE = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");
  private static final int MAX_CHARS = 64;

  /** Reads a range; empty where it is none, or where bits are set behind those that it names. */
  static Optional<AddressRange> of(String text) {
    Matcher parts = RANGE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return address(parts.group(1))
        .flatMap(first -> {
          int all = first.getAddress().length * Byte.SIZE;
          int bits = parts.group(2) == null ? all : Integer.parseInt(parts.group(2));
          return bits <= all && isFirst(first.getAddress(), bits)
              ? Optional.of(new AddressRange(first, bits))
              : Optional.empty();
        });
  }

  private static boolean isFirst(byte[] address, int bits) {
    for (int bit = bits; bit < address.length * Byte.SIZE; bit++) {
      if (isSet(address, bit)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSet(byte[] address, int bit) {
    return (address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) == 1;
  }

  /** An address as it is written; empty where the text is none. Looks nothing up. */
  public static Optional<InetAddress> address(String text) {
    if (text.length() > MAX_CHARS || !LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether an address is one of them. */
  public boolean contains(InetAddress address) {
    byte[] these = first.getAddress();
    byte[] those = address.getAddress();
    if (these.length != those.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (isSet(these, bit) != isSet(those, bit)) {
        return false;
      }
    }
    return true;
  }
}
