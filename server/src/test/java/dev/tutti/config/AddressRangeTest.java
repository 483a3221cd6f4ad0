package dev.tutti.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.0.2.8/29, 192.0.2.15, true",
    "192.0.2.8/29, 192.0.2.16, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "0.0.0.0/0, 203.0.113.1, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:1::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "::1, ::1, true",
    "10.0.0.0/8, ::ffff:10.1.1.1, true"
  })
  void anAddressIsInARangeOrNot(String range, String address, boolean in) {
    AddressRange read = AddressRange.of(range).orElseThrow();
    assertThat(read.contains(InetAddress.ofLiteral(address))).isEqualTo(in);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.1/8",
        "10.0.0.0/",
        "/8",
        "10/8",
        "localhost",
        "example.com/8",
        "10.0.0.0/8/8",
        "10.0.0.0/-1",
        " 10.0.0.0/8",
        "256.0.0.0/8",
        "fd00::1/8",
        "fe80::1%lo"
      })
  void whatIsNoRangeIsNone(String text) {
    assertThat(AddressRange.of(text)).isEmpty();
  }
}
