package dev.tutti.sources;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which addresses may be asked: those of the open internet, and those that the operator lists.
 * Everything else would let a name that somebody else owns lead into this network. Immutable.
 */
final class Addresses {
  /** First byte, second byte and its mask, of IPv4 blocks that are for special use. */
  private record Block(int first, int second, int mask) {}

  private static final List<Block> SPECIAL =
      List.of(
          new Block(0, 0, 0), // this network
          new Block(10, 0, 0), // private
          new Block(100, 64, 0xC0), // shared by carriers
          new Block(127, 0, 0), // this machine
          new Block(169, 254, 0xFF), // link-local, and the metadata of clouds
          new Block(172, 16, 0xF0), // private
          new Block(192, 168, 0xFF), // private
          new Block(192, 0, 0xFF), // protocol assignments, examples
          new Block(192, 88, 0xFF), // 6to4 relays
          new Block(198, 18, 0xFE), // benchmarks
          new Block(198, 51, 0xFF), // examples
          new Block(203, 0, 0xFF)); // examples

  private static final int FIRST_MULTICAST = 224;

  private final Set<InetAddress> allowed;

  /**
   * @param allowed literal addresses, such as 10.0.0.5 and ::1
   * @throws IllegalArgumentException when one is none
   */
  Addresses(Set<String> allowed) {
    this.allowed =
        allowed.stream().map(InetAddress::ofLiteral).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether this is the address of a host, neither a name nor a block. */
  static boolean isLiteral(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The address of a host that may be asked; exactly this one is to be connected to, because the
   * next look-up may answer another. Blocks.
   *
   * @return empty where all of them are refused
   * @throws UnknownHostException when there is none
   */
  Optional<InetAddress> of(String host) throws UnknownHostException {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return Arrays.stream(InetAddress.getAllByName(bare)).filter(this::isAllowed).findFirst();
  }

  boolean isAllowed(InetAddress address) {
    return allowed.contains(address) || isOpen(address);
  }

  private static boolean isOpen(InetAddress address) {
    return switch (address) {
      case Inet4Address four -> isOpen(four.getAddress());
      case Inet6Address six -> isOpen(six);
      default -> false;
    };
  }

  private static boolean isOpen(byte[] four) {
    int first = Byte.toUnsignedInt(four[0]);
    int second = Byte.toUnsignedInt(four[1]);
    return first < FIRST_MULTICAST
        && SPECIAL.stream()
            .noneMatch(block ->
                block.first == first && (second & block.mask) == (block.second & block.mask));
  }

  /** Only 2000::/3 is the open internet; what carries an IPv4 address in it is not believed. */
  private static boolean isOpen(Inet6Address six) {
    byte[] bytes = six.getAddress();
    boolean global = (bytes[0] & 0xE0) == 0x20;
    boolean carries = bytes[0] == 0x20 && (bytes[1] == 0x02 || isTeredoOrExample(bytes));
    return global && !carries;
  }

  private static boolean isTeredoOrExample(byte[] bytes) {
    return bytes[1] == 0x01
        && ((bytes[2] == 0 && bytes[3] == 0) || (bytes[2] == 0x0D && bytes[3] == (byte) 0xB8));
  }
}
