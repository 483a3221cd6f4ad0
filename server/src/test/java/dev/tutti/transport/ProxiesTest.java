package dev.tutti.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.config.AddressRange;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is believed about where a request comes from. */
class ProxiesTest {
  private static final String PROXY = "10.0.0.7";
  private final Proxies proxies =
      new Proxies(
          List.of(
              new AddressRange(InetAddress.ofLiteral("10.0.0.0"), 8),
              new AddressRange(InetAddress.ofLiteral("fd00::"), 8)));

  private String client(String peer, String... headers) {
    var all = new DefaultHttpHeaders();
    for (String header : headers) {
      int colon = header.indexOf(':');
      all.add(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    return proxies.client(InetAddress.ofLiteral(peer), all).getHostAddress();
  }

  @Test
  void aStrangerIsNotBelieved() {
    assertThat(client("198.51.100.1", "X-Forwarded-For: 192.0.2.1")).isEqualTo("198.51.100.1");
    assertThat(client("127.0.0.1", "X-Forwarded-For: 192.0.2.1")).isEqualTo("127.0.0.1");
  }

  @Test
  void aProxyThatSaysNothingSpeaksForItself() {
    assertThat(client(PROXY)).isEqualTo(PROXY);
  }

  @Test
  void theLastHopThatIsNoProxyOfOursCounts() {
    assertThat(client(PROXY, "X-Forwarded-For: 192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(client(PROXY, "X-Forwarded-For: 203.0.113.9, 192.0.2.1, 10.1.1.1"))
        .isEqualTo("192.0.2.1");
    assertThat(client("fd00::1", "X-Forwarded-For: 2001:db8::1")).isEqualTo("2001:db8:0:0:0:0:0:1");
  }

  @Test
  void whatTheClientWroteItselfStandsBeforeAndIsNotBelieved() {
    assertThat(client(PROXY, "X-Forwarded-For: 127.0.0.1", "X-Forwarded-For: 192.0.2.1"))
        .isEqualTo("192.0.2.1");
    assertThat(client(PROXY, "X-Forwarded-For: 192.0.2.1", "Forwarded: for=203.0.113.9"))
        .as("a header that the proxy does not write may be the client's")
        .isEqualTo("192.0.2.1");
  }

  @Test
  void whereAllAreProxiesTheFirstCounts() {
    assertThat(client(PROXY, "X-Forwarded-For: 10.9.9.9, 10.1.1.1")).isEqualTo("10.9.9.9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=192.0.2.43                                     | 192.0.2.43",
        "For=\"192.0.2.43:47011\";proto=https;by=10.0.0.7   | 192.0.2.43",
        "proto=http;for=\"[2001:db8:cafe::17]:4711\"        | 2001:db8:cafe:0:0:0:0:17",
        "for=203.0.113.9, for=192.0.2.43, for=10.0.0.1      | 192.0.2.43",
        "for=203.0.113.9, for=unknown                       | 10.0.0.7",
        "for=203.0.113.9, for=_hidden, for=10.0.0.1         | 10.0.0.1",
        "by=10.0.0.1                                        | 10.0.0.7"
      })
  void forwardedIsReadWhereTheOtherIsMissing(String header, String expected) {
    assertThat(client(PROXY, "Forwarded: " + header)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"192.0.2.1:443 | 192.0.2.1", "[2001:db8::1]:443 | 2001:db8:0:0:0:0:0:1"})
  void aPortIsPassedOver(String hop, String expected) {
    assertThat(client(PROXY, "X-Forwarded-For: " + hop)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ",", " , ", "unknown", "example.com", "localhost", "1", "1.2.3", "999.1.1.1",
            "1.2.3.4.5",
        "[", "[]", "[::1", "::g", ":::", "1:2", "192.0.2.1%eth0", "fe80::1%lo", "\"192.0.2.1\"",
            "-1.2.3.4",
        "192.0.2.1/8", "0x7f.0.0.1"
      })
  void whatIsNoAddressIsNotBelieved(String hop) {
    assertThat(client(PROXY, "X-Forwarded-For: 203.0.113.9, " + hop)).isEqualTo(PROXY);
  }

  @Test
  void aLineWithoutEndTakesNoTime() {
    assertThat(client(PROXY, "X-Forwarded-For: " + "10.1.1.1,".repeat(100_000) + "10.2.2.2"))
        .isEqualTo("10.1.1.1");
    assertThat(client(PROXY, "X-Forwarded-For: " + "1".repeat(100_000))).isEqualTo(PROXY);
  }
}
