package dev.tutti.protocol;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * One message put together from values that are encoded already, so that a document or an event is
 * encoded once and copied from then on. In CBOR the object and its lists have indefinite length
 * (RFC 8949, section 3.2.2). For one thread, one message.
 */
public final class Splice {
  private static final int CBOR_MAP = 0xBF;
  private static final int CBOR_ARRAY = 0x9F;
  private static final int CBOR_BREAK = 0xFF;

  private final Codec codec;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
  private boolean empty = true;

  Splice(Codec codec) {
    this.codec = codec;
    out.write(codec.binary() ? CBOR_MAP : '{');
  }

  /** A field whose value is encoded here. */
  public Splice field(String name, Object value) {
    return encoded(name, codec.encodeValue(value));
  }

  /** A field whose value was encoded by the same codec before. */
  public Splice encoded(String name, byte[] value) {
    name(name);
    out.writeBytes(value);
    return this;
  }

  /** A field that is a list of values encoded by the same codec before. */
  public Splice list(String name, List<byte[]> values) {
    name(name);
    out.write(codec.binary() ? CBOR_ARRAY : '[');
    boolean first = true;
    for (byte[] value : values) {
      if (!first && !codec.binary()) {
        out.write(',');
      }
      first = false;
      out.writeBytes(value);
    }
    out.write(codec.binary() ? CBOR_BREAK : ']');
    return this;
  }

  /** The message. */
  public byte[] done() {
    out.write(codec.binary() ? CBOR_BREAK : '}');
    return out.toByteArray();
  }

  private void name(String name) {
    if (!empty && !codec.binary()) {
      out.write(',');
    }
    empty = false;
    out.writeBytes(codec.encodeValue(name));
    if (!codec.binary()) {
      out.write(':');
    }
  }
}
