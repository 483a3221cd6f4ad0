package dev.tutti.sources;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which addresses may be asked: those of the open internet, and those that the operator lists.
 * Everything else would let a name that somebody else owns lead into this network. Immutable.
 */
final class Addresses {
  /** What the registries of special addresses list, beside what is not {@link #OPEN_6} anyway. */
  private static final List<Block> SPECIAL =
      Stream.of(
              "0.0.0.0/8", // this network
              "10.0.0.0/8", // private
              "100.64.0.0/10", // shared by carriers
              "127.0.0.0/8", // this machine
              "169.254.0.0/16", // link-local, and the metadata of clouds
              "172.16.0.0/12", // private
              "192.0.0.0/24", // protocol assignments, and the metadata of a cloud
              "192.0.2.0/24", // examples
              "192.88.99.0/24", // 6to4 relays
              "192.168.0.0/16", // private
              "198.18.0.0/15", // benchmarks
              "198.51.100.0/24", // examples
              "203.0.113.0/24", // examples
              "224.0.0.0/3", // multicast, reserved, broadcast
              "168.63.129.16/32", // the host of a cloud's machines, to themselves
              "2001::/23", // protocol assignments: Teredo carries an IPv4 address
              "2001:db8::/32", // examples
              "2002::/16", // 6to4 carries one, too
              "3fff::/20") // examples
          .map(Block::of)
          .toList();

  /** Of IPv6 only this is the open internet. */
  private static final Block OPEN_6 = Block.of("2000::/3");

  private static final int BYTES_6 = 16;

  /** Of a name, so many addresses are tried. */
  private static final int MOST = 6;

  /** Not the short forms of IPv4, which few people read as they are meant. */
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final Set<InetAddress> allowed;
  private final Resolver resolver;

  /** Who knows the addresses of a name. Blocks. */
  interface Resolver {
    /**
     * All that a name has at this moment; a literal address is its own.
     *
     * @throws UnknownHostException when there is none
     */
    InetAddress[] lookUp(String host) throws UnknownHostException;
  }

  /** Addresses that begin alike. */
  private record Block(BigInteger prefix, int rest, int bytes) {
    static Block of(String range) {
      int slash = range.indexOf('/');
      byte[] first = InetAddress.ofLiteral(range.substring(0, slash)).getAddress();
      int rest = first.length * Byte.SIZE - Integer.parseInt(range.substring(slash + 1));
      return new Block(new BigInteger(1, first).shiftRight(rest), rest, first.length);
    }

    boolean has(byte[] address) {
      return address.length == bytes && new BigInteger(1, address).shiftRight(rest).equals(prefix);
    }
  }

  /** By what this machine knows of names. */
  Addresses(Set<String> allowed) {
    this(allowed, InetAddress::getAllByName);
  }

  /**
   * @param allowed literal addresses, such as 10.0.0.5 and ::1
   * @throws IllegalArgumentException when one is none
   */
  Addresses(Set<String> allowed, Resolver resolver) {
    this.allowed =
        allowed.stream().map(InetAddress::ofLiteral).collect(Collectors.toUnmodifiableSet());
    this.resolver = resolver;
  }

  /** Whether this is the address of a host, neither a name nor a block. */
  static boolean isLiteral(String text) {
    try {
      return LITERAL.matcher(text).matches() && InetAddress.ofLiteral(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The addresses of a host that may be asked, in the order in which they are to be tried; exactly
   * these are to be connected to, because the next look-up may answer others. Blocks.
   *
   * @return {@value #MOST} at most; none where any of its addresses is refused: a name that leads
   *     inside as well is not one of the open internet
   * @throws UnknownHostException when there is none
   */
  List<InetAddress> of(String host) throws UnknownHostException {
    List<InetAddress> all = List.of(resolver.lookUp(bare(host)));
    return all.stream().allMatch(this::isAllowed) ? inTurns(all) : List.of();
  }

  /**
   * The two families alternate (RFC 8305, section 4), so that one that is cut off holds up little.
   */
  private static List<InetAddress> inTurns(List<InetAddress> all) {
    Class<?> first = all.getFirst().getClass();
    Deque<InetAddress> ones = new ArrayDeque<>();
    Deque<InetAddress> others = new ArrayDeque<>();
    all.forEach(address -> (address.getClass() == first ? ones : others).add(address));
    List<InetAddress> turns = new ArrayList<>();
    while (turns.size() < Math.min(all.size(), MOST)) {
      Deque<InetAddress> next = turns.size() % 2 == 0 ? ones : others;
      turns.add((next.isEmpty() ? (next == ones ? others : ones) : next).remove());
    }
    return turns;
  }

  /** Whether a host is an address that is refused, which can be seen without asking anybody. */
  boolean refuseLiteral(String host) {
    return isLiteral(bare(host)) && !isAllowed(InetAddress.ofLiteral(bare(host)));
  }

  /** As addresses have it: without the brackets that it has within a URL. */
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  boolean isAllowed(InetAddress address) {
    return allowed.contains(address) || isOpen(address.getAddress());
  }

  private static boolean isOpen(byte[] address) {
    return (address.length != BYTES_6 || OPEN_6.has(address))
        && SPECIAL.stream().noneMatch(block -> block.has(address));
  }
}
