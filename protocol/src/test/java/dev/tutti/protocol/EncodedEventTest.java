package dev.tutti.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

class EncodedEventTest {
  private static final Codecs CODECS = new Codecs(Limits.DEFAULTS);
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void itIsTheEventWhateverItsNamesHold() {
    Event event =
        new Event(
            Long.MAX_VALUE,
            "a\"b\\c\n\u0001",
            "é👩‍🚀\u2028",
            Instant.parse("2026-11-22T15:00:00Z"),
            UUID.fromString("0192f0c1-7b3e-7d1a-9c4f-2a6b8e0d1f35"),
            Messages.object("{\"a\":{\"b\":null,\"c\":[0.1,\"\\u0001\"]}}"));
    EncodedEvent encoded = encoded(event);
    assertThat(encoded.event()).isEqualTo(event);
    assertThat(encoded.seq()).isEqualTo(event.seq());
    assertThat(JSON.readTree(encoded.json()))
        .isEqualTo(JSON.readTree(CODECS.json().encodeValue(event)));
    assertThat(new CBORMapper().readTree(encoded.cbor(CODECS.cbor())))
        .isEqualTo(JSON.readTree(encoded.json()));
  }

  @Test
  void itHoldsNoLineBreakSoThatOneDataLineCarriesIt() {
    assertThat(new String(encoded(Messages.event(1)).json(), UTF_8)).doesNotContain("\n", "\r");
  }

  @Test
  void cborIsMadeOnce() {
    EncodedEvent encoded = encoded(Messages.event(1));
    assertThat(encoded.cbor(CODECS.cbor())).isSameAs(encoded.cbor(CODECS.cbor()));
  }

  @Test
  void anotherInstancesBytesGoOnAsTheyCame() {
    byte[] theirs = encoded(Messages.event(9)).json();
    EncodedEvent ours = EncodedEvent.of(9, theirs);
    assertThat(ours.json()).isSameAs(theirs);
    assertThat(ours.event()).isEqualTo(Messages.event(9));
  }

  private static EncodedEvent encoded(Event e) {
    return EncodedEvent.of(e.seq(), e.name(), e.by(), e.at(), e.key(), e.patch().toString());
  }
}
