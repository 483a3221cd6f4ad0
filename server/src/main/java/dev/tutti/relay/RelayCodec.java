package dev.tutti.relay;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.relay.RelayMessage.Events;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Messages as bytes: the kind, then the message. Events are written by hand, because their bytes
 * are sent as they are; every other kind is its record in CBOR. Safe on any thread.
 *
 * <pre>
 *   events:  kind, epoch (length as 1 byte, ASCII), first seq (8 bytes),
 *            then until the end for each event: length (4 bytes), JSON
 * </pre>
 */
public final class RelayCodec {
  private static final ObjectMapper CBOR = CBORMapper.builder().build();
  private static final int MAX_EPOCH_BYTES = 255;

  private RelayCodec() {}

  /** A message as bytes. */
  public static byte[] encode(RelayMessage message) {
    if (message instanceof Events events) {
      return encode(events);
    }
    byte[] body = CBOR.writeValueAsBytes(message);
    return ByteBuffer.allocate(1 + body.length)
        .put((byte) MessageKind.of(message).code())
        .put(body)
        .array();
  }

  private static byte[] encode(Events message) {
    byte[] epoch = message.epoch().getBytes(StandardCharsets.US_ASCII);
    if (epoch.length > MAX_EPOCH_BYTES) {
      throw new IllegalArgumentException("An epoch of " + epoch.length + " bytes.");
    }
    int bytes = 1 + 1 + epoch.length + Long.BYTES;
    for (EncodedEvent event : message.events()) {
      bytes += Integer.BYTES + event.json().length;
    }
    ByteBuffer out = ByteBuffer.allocate(bytes);
    out.put((byte) MessageKind.EVENTS.code());
    out.put((byte) epoch.length).put(epoch).putLong(message.events().getFirst().seq());
    for (EncodedEvent event : message.events()) {
      out.putInt(event.json().length).put(event.json());
    }
    return out.array();
  }

  /** What was read from bytes. */
  public sealed interface Read {
    /** A message. */
    record Message(RelayMessage message) implements Read {}

    /** Of a kind that only newer instances know. */
    record Unknown() implements Read {}

    /** Not what an instance sends. */
    record Malformed() implements Read {}
  }

  /** Reads a message; takes any bytes. */
  public static Read decode(ByteBuffer bytes) {
    try {
      Optional<MessageKind> kind = MessageKind.of(bytes.get());
      if (kind.isEmpty()) {
        return new Read.Unknown();
      }
      return new Read.Message(
          kind.get() == MessageKind.EVENTS ? events(bytes) : record(kind.get(), bytes));
    } catch (BufferUnderflowException | JacksonException | IllegalArgumentException malformed) {
      return new Read.Malformed();
    }
  }

  private static RelayMessage record(MessageKind kind, ByteBuffer bytes) {
    RelayMessage message = CBOR.readValue(bytes(bytes, bytes.remaining()), kind.type());
    if (message == null) {
      throw new IllegalArgumentException("Nothing.");
    }
    return message;
  }

  private static Events events(ByteBuffer bytes) {
    String epoch =
        new String(bytes(bytes, Byte.toUnsignedInt(bytes.get())), StandardCharsets.US_ASCII);
    long seq = bytes.getLong();
    List<EncodedEvent> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      events.add(EncodedEvent.of(seq, bytes(bytes, bytes.getInt())));
      seq++;
    }
    return new Events(epoch, events);
  }

  private static byte[] bytes(ByteBuffer from, int length) {
    if (length < 0 || length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    from.get(bytes);
    return bytes;
  }
}
