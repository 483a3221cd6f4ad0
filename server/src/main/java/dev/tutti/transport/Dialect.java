package dev.tutti.transport;

import dev.tutti.fanout.Format;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.Codecs;
import java.util.List;
import java.util.Optional;

/**
 * What a subprotocol settles for a connection.
 *
 * @param name the subprotocol, as it is offered in {@code Sec-WebSocket-Protocol}
 * @param plain the format of uncompressed frames
 * @param deflated the format of compressed frames
 * @param text whether its messages come in text frames
 * @param binary whether its messages come in binary frames
 */
record Dialect(
    String name, Codec codec, Format plain, Format deflated, boolean text, boolean binary) {

  static Dialect json(Codecs codecs) {
    Codec codec = codecs.json();
    return new Dialect(codec.subprotocol(), codec, Format.JSON, Format.JSON_DEFLATE, true, false);
  }

  static Dialect cbor(Codecs codecs) {
    Codec codec = codecs.cbor();
    return new Dialect(codec.subprotocol(), codec, Format.CBOR, Format.CBOR_DEFLATE, false, true);
  }

  boolean takes(int opcode) {
    return opcode == Opcode.TEXT ? text : binary;
  }

  Format format(boolean deflate) {
    return deflate ? deflated : plain;
  }

  /** The first of {@code offered} that is among {@code known}; the first known when none is. */
  static Optional<Dialect> choose(List<Dialect> known, List<String> offered) {
    if (offered.isEmpty()) {
      return Optional.of(known.getFirst());
    }
    return offered.stream()
        .flatMap(name -> known.stream().filter(dialect -> dialect.name().equals(name)))
        .findFirst();
  }
}
