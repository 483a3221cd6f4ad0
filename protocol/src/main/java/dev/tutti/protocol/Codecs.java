package dev.tutti.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * The two codecs: JSON (RFC 8259) in text frames and CBOR (RFC 8949) in binary frames. They carry
 * the same messages. Stateless after construction, safe on any thread.
 */
public final class Codecs {
  /** Digits that one number may have: more than any real one needs, few enough to be cheap. */
  private static final int MAX_NUMBER_CHARS = 64;

  private static final int MAX_FIELD_NAME_CHARS = 1_024;

  private final Codec json;
  private final Codec cbor;

  /** Codecs that hold clients to {@code limits}. */
  public Codecs(Limits limits) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.maxDepth())
            .maxNumberLength(MAX_NUMBER_CHARS)
            .maxNameLength(MAX_FIELD_NAME_CHARS)
            .build();
    this.json = new Json(constraints, unreadable("JSON", limits));
    this.cbor = new Cbor(constraints, unreadable("CBOR", limits));
  }

  /** JSON, subprotocol {@code tutti.v1.json}. */
  public Codec json() {
    return json;
  }

  /** CBOR, subprotocol {@code tutti.v1.cbor}. */
  public Codec cbor() {
    return cbor;
  }

  private static Unreadable unreadable(String format, Limits limits) {
    return new Unreadable(format, limits.maxDepth(), MAX_NUMBER_CHARS, MAX_FIELD_NAME_CHARS);
  }

  private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> M strict(B builder) {
    return builder
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> M trusting(B builder) {
    return builder
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
        // Jackson would write bytes into CBOR: both formats carry the same messages.
        .withConfigOverride(
            UUID.class, key -> key.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
        .build();
  }

  /** What the two formats share: how a tree becomes a message, and what errors become. */
  private abstract static sealed class TreeCodec implements Codec {
    private final ObjectMapper strict;
    private final ObjectMapper trusting;
    private final Unreadable unreadable;

    /** Made once: looking up a type's writer costs as much as writing a short message. */
    private final ObjectWriter serverMessages;

    private final ObjectWriter clientMessages;
    private final ObjectReader serverReader;

    TreeCodec(ObjectMapper strict, ObjectMapper trusting, Unreadable unreadable) {
      this.strict = strict;
      this.trusting = trusting;
      this.unreadable = unreadable;
      this.serverMessages = trusting.writerFor(ServerMessage.class);
      this.clientMessages = trusting.writerFor(ClientMessage.class);
      this.serverReader = trusting.readerFor(ServerMessage.class);
    }

    abstract JsonNode parse(ObjectMapper mapper, byte[] payload) throws CharacterCodingException;

    private ObjectNode object(byte[] payload) {
      JsonNode tree;
      try {
        tree = parse(strict, payload);
      } catch (CharacterCodingException e) {
        throw unreadable.notUtf8();
      } catch (JacksonException e) {
        throw unreadable.because(e);
      }
      if (!(tree instanceof ObjectNode object)) {
        throw unreadable.notAnObject(tree == null || tree.isMissingNode());
      }
      return object;
    }

    @Override
    public ObjectNode decodeObject(byte[] payload) {
      ObjectNode object = object(payload);
      Hygiene.check(object);
      return object;
    }

    @Override
    public ClientMessage decodeClient(byte[] payload) {
      return ClientMessageReader.read(object(payload));
    }

    @Override
    public ClientMessage decodeClient(ObjectNode message) {
      return ClientMessageReader.read(message);
    }

    @Override
    public ServerMessage decodeServer(byte[] payload) {
      try {
        return serverReader.readValue(payload);
      } catch (JacksonException e) {
        throw new InvalidMessage(
            Code.MALFORMED, "The message cannot be read: " + firstLine(e.getOriginalMessage()));
      }
    }

    @Override
    public byte[] encode(ServerMessage message) {
      return serverMessages.writeValueAsBytes(message);
    }

    @Override
    public byte[] encode(ClientMessage message) {
      return clientMessages.writeValueAsBytes(message);
    }

    @Override
    public byte[] encodeValue(Object value) {
      return trusting.writeValueAsBytes(value);
    }

    @Override
    public Splice splice() {
      return new Splice(this);
    }

    private static String firstLine(String text) {
      int end = text.indexOf('\n');
      String line = end < 0 ? text : text.substring(0, end);
      return line.length() > 200 ? line.substring(0, 200) : line;
    }
  }

  private static final class Json extends TreeCodec {
    Json(StreamReadConstraints constraints, Unreadable unreadable) {
      super(
          strict(
              JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())),
          trusting(JsonMapper.builder()),
          unreadable);
    }

    @Override
    JsonNode parse(ObjectMapper mapper, byte[] payload) throws CharacterCodingException {
      // Given bytes, Jackson would also accept UTF-16, UTF-32 and a byte order mark.
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
      return mapper.readTree(text.toString());
    }

    @Override
    public String subprotocol() {
      return "tutti.v1.json";
    }

    @Override
    public boolean binary() {
      return false;
    }
  }

  private static final class Cbor extends TreeCodec {
    Cbor(StreamReadConstraints constraints, Unreadable unreadable) {
      super(
          strict(
              CBORMapper.builder(CBORFactory.builder().streamReadConstraints(constraints).build())),
          trusting(CBORMapper.builder()),
          unreadable);
    }

    @Override
    JsonNode parse(ObjectMapper mapper, byte[] payload) {
      return mapper.readTree(payload);
    }

    @Override
    public String subprotocol() {
      return "tutti.v1.cbor";
    }

    @Override
    public boolean binary() {
      return true;
    }
  }
}
