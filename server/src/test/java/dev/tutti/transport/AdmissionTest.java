package dev.tutti.transport;

import static dev.tutti.transport.Admission.Verdict.ADDRESS_FULL;
import static dev.tutti.transport.Admission.Verdict.ADMITTED;
import static dev.tutti.transport.Admission.Verdict.SERVER_FULL;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission admission = new Admission(3, 1, new Proxies(List.of()));

  private static InetSocketAddress from(String address) {
    return new InetSocketAddress(address, 1);
  }

  @Test
  void anAddressHasItsShareAndGetsItBack() {
    assertThat(admission.arrived(from("192.0.2.1"))).isEqualTo(ADMITTED);
    assertThat(admission.arrived(from("192.0.2.1"))).isEqualTo(ADDRESS_FULL);
    assertThat(admission.arrived(from("192.0.2.2"))).isEqualTo(ADMITTED);
    admission.left(from("192.0.2.1"));
    admission.left(from("192.0.2.1"));
    assertThat(admission.arrived(from("192.0.2.1"))).isEqualTo(ADMITTED);
  }

  @Test
  void aWholeSixtyFourIsOneAddress() {
    assertThat(admission.arrived(from("2001:db8::1"))).isEqualTo(ADMITTED);
    assertThat(admission.arrived(from("2001:db8::2"))).isEqualTo(ADDRESS_FULL);
    assertThat(admission.arrived(from("2001:db8:0:1::1"))).isEqualTo(ADMITTED);
  }

  @Test
  void thisMachineCountsForTheServerOnly() {
    for (int i = 0; i < 3; i++) {
      assertThat(admission.arrived(from("127.0.0.1"))).isEqualTo(ADMITTED);
    }
    assertThat(admission.arrived(from("192.0.2.1"))).isEqualTo(SERVER_FULL);
  }
}
