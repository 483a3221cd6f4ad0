package dev.tutti.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as bytes, encoded once in the whole fleet: these very bytes go to every subscriber, to
 * the other instances and into catch-ups. The CBOR form is made when the first reader asks for it.
 * Safe on any thread.
 */
public final class EncodedEvent {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ObjectReader EVENTS = JSON.readerFor(Event.class);

  private final long seq;
  private final byte[] json;
  private volatile byte @Nullable [] cbor;

  private EncodedEvent(long seq, byte[] json) {
    this.seq = seq;
    this.json = json;
  }

  /**
   * Encodes an event whose patch is JSON text already.
   *
   * @param patch a JSON object, trusted to be one
   */
  public static EncodedEvent of(
      long seq, String name, String by, Instant at, UUID key, String patch) {
    StringBuilder text = new StringBuilder(160 + patch.length());
    text.append("{\"seq\":").append(seq).append(",\"name\":\"");
    quote(name, text);
    text.append("\",\"by\":\"");
    quote(by, text);
    text.append("\",\"at\":\"").append(at).append("\",\"key\":\"").append(key);
    text.append("\",\"patch\":").append(patch).append('}');
    return new EncodedEvent(seq, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An event that another instance encoded.
   *
   * @param json not changed afterwards
   */
  public static EncodedEvent of(long seq, byte[] json) {
    return new EncodedEvent(seq, json);
  }

  private static void quote(String value, StringBuilder text) {
    JsonStringEncoder.getInstance().quoteAsString(value, text);
  }

  public long seq() {
    return seq;
  }

  /** The event as JSON. Not to be changed. */
  public byte[] json() {
    return json;
  }

  /** The event as CBOR. Not to be changed. */
  public byte[] cbor(Codec codec) {
    byte[] made = cbor;
    if (made == null) {
      made = codec.encodeValue(event());
      cbor = made;
    }
    return made;
  }

  /** The event itself, decoded anew at each call. */
  public Event event() {
    return EVENTS.readValue(json);
  }

  /** A patch alone, decoded. */
  public static ObjectNode patch(String json) {
    return (ObjectNode) JSON.readTree(json);
  }
}
