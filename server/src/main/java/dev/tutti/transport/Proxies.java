package dev.tutti.transport;

import dev.tutti.config.AddressRange;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whom to believe about where a request comes from. Each proxy on the way adds the address that it
 * was asked from; whoever asks first may have written anything before that. So hops are read from
 * the last one backwards, as long as proxies of ours tell. Any thread.
 *
 * @param trusted addresses of our proxies
 */
record Proxies(List<AddressRange> trusted) {
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED = "Forwarded";

  /** Hops that are looked at; further ones are not believed. */
  private static final int MAX_HOPS = 32;

  /** Whether this is one of our proxies. */
  boolean trusts(InetAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address));
  }

  /**
   * Who asks: the peer, or whom it speaks for.
   *
   * @param headers of the request; one that cannot be read is as none
   */
  InetAddress client(InetAddress peer, HttpHeaders headers) {
    InetAddress client = peer;
    if (trusted.isEmpty() || !trusts(peer)) {
      return client;
    }
    List<String> hops = hops(headers);
    for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MAX_HOPS); i--) {
      Optional<InetAddress> hop = address(hops.get(i));
      if (hop.isEmpty()) {
        return client;
      }
      client = hop.get();
      if (!trusts(client)) {
        return client;
      }
    }
    return client;
  }

  /** As they are written, the last one last. */
  private static List<String> hops(HttpHeaders headers) {
    List<String> hops = new ArrayList<>();
    for (String line : headers.getAll(FORWARDED_FOR)) {
      hops.addAll(List.of(line.split(",", -1)));
    }
    if (hops.isEmpty()) {
      for (String line : headers.getAll(FORWARDED)) {
        for (String element : line.split(",", -1)) {
          hops.add(forOf(element));
        }
      }
    }
    return hops;
  }

  /** The {@code for} of one element (RFC 7239); empty where it has none. */
  private static String forOf(String element) {
    for (String pair : element.split(";", -1)) {
      String trimmed = pair.strip();
      if (trimmed.regionMatches(true, 0, "for=", 0, 4)) {
        return trimmed.substring(4).replace("\"", "");
      }
    }
    return "";
  }

  /** An address with or without a port: {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}. */
  private static Optional<InetAddress> address(String hop) {
    String text = hop.strip();
    int end = text.indexOf(']');
    if (text.startsWith("[") && end > 0) {
      text = text.substring(1, end);
    } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
      text = text.substring(0, text.indexOf(':'));
    }
    return AddressRange.address(text);
  }
}
