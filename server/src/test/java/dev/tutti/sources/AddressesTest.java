package dev.tutti.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::10.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:2::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "4000::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void whatIsNotOfTheOpenInternetIsRefusedUnlessItIsListed(String address) throws Exception {
    InetAddress resolved = InetAddress.getByName(address);
    assertThat(new Addresses(Set.of()).isAllowed(resolved)).isFalse();
    assertThat(new Addresses(Set.of(address)).isAllowed(resolved)).isTrue();
  }

  @Test
  void anIpv4AddressDressedAsOneOfIpv6IsNoWayIn() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xFF;
    mapped[12] = 127;
    mapped[15] = 1;
    // Java itself makes an IPv4 address of it wherever it can; here it could not.
    InetAddress dressed = Inet6Address.getByAddress("dressed", mapped, -1);
    assertThat(new Addresses(Set.of()).isAllowed(dressed)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "93.184.216.34",
        "100.63.255.255",
        "100.128.0.1",
        "169.253.1.1",
        "172.15.255.255",
        "172.32.0.1",
        "192.0.1.1",
        "192.0.78.9",
        "192.88.98.1",
        "192.167.1.1",
        "198.17.0.1",
        "198.20.0.1",
        "198.51.99.1",
        "203.0.112.1",
        "223.255.255.255",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2606:4700::1111"
      })
  void theOpenInternetIsAllowed(String address) throws Exception {
    assertThat(new Addresses(Set.of()).isAllowed(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "93.184.216.34, 93.184.216.34",
    "93.184.216.34 1.1.1.1, 93.184.216.34 1.1.1.1",
    "10.0.0.5 93.184.216.34, 10.0.0.5 93.184.216.34",
    "2606:4700::1 2606:4700::2 2606:4700::3 1.1.1.1, 2606:4700::1 1.1.1.1 2606:4700::2"
        + " 2606:4700::3",
    "1.1.1.1 1.1.1.2 1.1.1.3 1.1.1.4 1.1.1.5 1.1.1.6 1.1.1.7, 1.1.1.1 1.1.1.2 1.1.1.3 1.1.1.4"
        + " 1.1.1.5 1.1.1.6",
    "93.184.216.34 10.0.0.6, ''",
    "10.0.0.6 93.184.216.34, ''",
    "93.184.216.34 ::1, ''",
    "93.184.216.34 169.254.169.254, ''",
    "10.0.0.6, ''"
  })
  void aNameIsAskedOnlyWhereAllOfItsAddressesAreAllowed(String answer, String tried)
      throws Exception {
    var addresses = new Addresses(Set.of("10.0.0.5"), host -> of(answer));
    assertThat(addresses.of("example.com")).containsExactly(tried.isEmpty() ? none() : of(tried));
  }

  @Test
  void aNameWithoutAnAddressIsNotKnown() {
    var addresses =
        new Addresses(
            Set.of(),
            host -> {
              throw new UnknownHostException(host);
            });
    assertThatThrownBy(() -> addresses.of("example.com")).isInstanceOf(UnknownHostException.class);
  }

  private static InetAddress[] none() {
    return new InetAddress[0];
  }

  private static InetAddress[] of(String answer) {
    return Stream.of(answer.split(" ")).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }
}
