package dev.tutti.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What every codec does, in whatever bytes. Messages are written as JSON here, with {@code '}. */
abstract class CodecContract {
  static final Codecs CODECS = new Codecs(Limits.DEFAULTS);
  static final JsonMapper JSON = new JsonMapper();
  static final String KEY = "0192f0c1-7b3e-7d1a-9c4f-2a6b8e0d1f35";

  abstract Codec codec();

  /** Reads and writes this codec's bytes as trees, with no opinion about what they say. */
  abstract ObjectMapper mapper();

  final byte[] bytes(String relaxed) {
    return mapper().writeValueAsBytes(JSON.readTree(relaxed.replace('\'', '"')));
  }

  final InvalidMessage refusal(byte[] payload) {
    return catchThrowableOfType(InvalidMessage.class, () -> codec().decodeClient(payload));
  }

  static List<ClientMessage> everythingAClientSays() {
    return Messages.ofClients();
  }

  static List<ServerMessage> everythingAServerSays() {
    return Messages.ofServers();
  }

  @ParameterizedTest
  @MethodSource("everythingAClientSays")
  void whatAClientSaysComesBackAsItWas(ClientMessage message) {
    assertThat(codec().decodeClient(codec().encode(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("everythingAServerSays")
  void whatAServerSaysComesBackAsItWas(ServerMessage message) {
    assertThat(codec().decodeServer(codec().encode(message))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("everythingAServerSays")
  void bothCodecsSayTheSame(ServerMessage message) {
    assertThat(mapper().readTree(codec().encode(message)))
        .isEqualTo(JSON.readTree(CODECS.json().encode(message)));
  }

  @Test
  void whatIsAbsentIsNotWritten() {
    ObjectNode hello = tree(codec().encode(new ClientMessage.Hello(null, "Ana", null)));
    assertThat(hello).isEqualTo(JSON.readTree("{\"type\":\"hello\",\"name\":\"Ana\"}"));
    RoomName room = new RoomName("board:demo");
    ServerMessage patch = new ServerMessage.Presence(room, Messages.object("{}"), 1, false);
    assertThat(tree(codec().encode(patch)).has("complete")).isFalse();
    ServerMessage whole = new ServerMessage.Presence(room, Messages.object("{}"), 1, true);
    assertThat(tree(codec().encode(whole)).path("complete").asBoolean()).isTrue();
  }

  private ObjectNode tree(byte[] payload) {
    return (ObjectNode) mapper().readTree(payload);
  }

  @Test
  void unknownFieldsAreIgnoredByBothSides() {
    assertThat(codec().decodeClient(bytes("{'type':'pong','later':{'a':[1,null]}}")))
        .isEqualTo(new ClientMessage.Pong());
    assertThat(codec().decodeServer(bytes("{'type':'ping','later':{'a':[1,null]}}")))
        .isEqualTo(new ServerMessage.Ping());
  }

  @Test
  void aFieldThatMayBeAbsentMayBeNull() {
    assertThat(
            codec()
                .decodeClient(
                    bytes(
                        "{'type':'history','id':1,'room':'a:b','before':null,'after':null,'limit':null}")))
        .isEqualTo(
            new ClientMessage.History(1, new RoomName("a:b"), null, null, Integer.MAX_VALUE));
    assertThat(
            codec().decodeClient(bytes("{'type':'hello','token':null,'name':null,'client':null}")))
        .isEqualTo(new ClientMessage.Hello(null, null, null));
  }

  @Test
  void anUnknownTypeIsNamedAndAnswered() {
    InvalidMessage refusal = refusal(bytes("{'type':'fly','id':7}"));
    assertThat(refusal.code()).isEqualTo(Code.UNKNOWN_TYPE);
    assertThat(refusal.sentence()).contains("\"fly\"");
    assertThat(refusal.id()).hasValue(7L);
    String endless = "{'type':'" + "x".repeat(10_000) + "'}";
    assertThat(refusal(bytes(endless)).sentence()).hasSizeLessThan(120);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | malformed | - | -",
        "{'id':3} | malformed | - | 3",
        "{'type':5,'id':3} | malformed | - | 3",
        "{'type':'subscribe','room':'a:b'} | invalid | id | -",
        "{'type':'subscribe','id':null,'room':'a:b'} | invalid | id | -",
        "{'type':'subscribe','id':'1','room':'a:b'} | invalid | id | -",
        "{'type':'subscribe','id':1.0,'room':'a:b'} | invalid | id | -",
        "{'type':'subscribe','id':-1,'room':'a:b'} | invalid | id | -1",
        "{'type':'subscribe','id':1} | invalid | room | 1",
        "{'type':'subscribe','id':1,'room':7} | invalid | room | 1",
        "{'type':'subscribe','id':1,'room':'A:b'} | invalid | room | 1",
        "{'type':'subscribe','id':1,'room':'a:b','after':-1} | invalid | after | 1",
        "{'type':'subscribe','id':1,'room':'a:b','after':'1'} | invalid | after | 1",
        "{'type':'subscribe','id':1,'room':'a:b','epoch':1} | invalid | epoch | 1",
        "{'type':'command','id':1,'room':'a:b','name':'x','args':{}} | invalid | key | 1",
        "{'type':'command','id':1,'room':'a:b','key':'1-1-1-1-1','name':'x'} | invalid | key | 1",
        "{'type':'command','id':1,'room':'a:b','key':'+192f0c1-7b3e-7d1a-9c4f-2a6b8e0d1f35','name':'x'}"
            + " | invalid | key | 1",
        "{'type':'command','id':1,'room':'a:b','key':'0192f0c17-b3e-7d1a-9c4f-2a6b8e0d1f35','name':'x'}"
            + " | invalid | key | 1",
        "{'type':'command','id':1,'room':'a:b','key':'0192f0c1-7b3e-7d1a-9c4f-2a6b8e0d1f35'} |"
            + " invalid | name | 1",
        "{'type':'command','id':1,'room':'a:b','key':'0192f0c1-7b3e-7d1a-9c4f-2a6b8e0d1f35','name':''}"
            + " | invalid | name | 1",
        "{'type':'command','id':1,'room':'a:b','key':'0192f0c1-7b3e-7d1a-9c4f-2a6b8e0d1f35','name':'x','args':[]}"
            + " | invalid | args | 1",
        "{'type':'command','id':1,'room':'a:b','key':'0192f0c1-7b3e-7d1a-9c4f-2a6b8e0d1f35','name':'x','expect':3}"
            + " | invalid | expect | 1",
        "{'type':'presence','room':'a:b'} | invalid | state | -",
        "{'type':'presence','room':'a:b','state':'x'} | invalid | state | -",
        "{'type':'signal','room':'a:b','topic':'','data':{}} | invalid | topic | -",
        "{'type':'signal','room':'a:b','topic':'t','data':1} | invalid | data | -",
        "{'type':'history','id':1,'room':'a:b','before':1,'after':1} | invalid | before | 1",
        "{'type':'history','id':1,'room':'a:b','limit':0} | invalid | limit | 1",
        "{'type':'history','id':1,'room':'a:b','limit':1.5} | invalid | limit | 1",
        "{'type':'hello','name':7} | invalid | name | -",
        "{'type':'hello','token':{}} | invalid | token | -",
      })
  void whatIsMissingOrWrongIsNamed(String message, String code, String path, String id) {
    InvalidMessage refusal = refusal(bytes(message));
    assertThat(refusal.code().wire()).isEqualTo(code);
    assertThat(refusal.path().orElse("-")).isEqualTo(path);
    assertThat(refusal.id().map(String::valueOf).orElse("-")).isEqualTo(id);
    assertThat(refusal.sentence()).endsWith(".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "'text'", "1", "true", "null", "[{'type':'pong'}]"})
  void aMessageIsAnObject(String other) {
    assertThat(refusal(bytes(other)).code()).isEqualTo(Code.MALFORMED);
    assertThatThrownBy(() -> codec().decodeObject(bytes(other))).isInstanceOf(InvalidMessage.class);
  }

  @Test
  void nothingIsNoMessage() {
    assertThat(refusal(new byte[0]).code()).isEqualTo(Code.MALFORMED);
  }

  @Test
  void aMessageEndsWithItsObject() {
    byte[] pong = bytes("{'type':'pong'}");
    byte[] twice = new byte[pong.length * 2];
    System.arraycopy(pong, 0, twice, 0, pong.length);
    System.arraycopy(pong, 0, twice, pong.length, pong.length);
    assertThat(refusal(twice).code()).isEqualTo(Code.MALFORMED);
    byte[] half = Arrays.copyOf(pong, pong.length - 1);
    assertThat(refusal(half).code()).isEqualTo(Code.MALFORMED);
  }

  @Test
  void nestingHasALimit() {
    int most = Limits.DEFAULTS.maxDepth();
    String fits = "{'type':'pong','x':" + "[".repeat(most - 1) + "]".repeat(most - 1) + "}";
    String deep = "{'type':'pong','x':" + "[".repeat(most) + "]".repeat(most) + "}";
    assertThat(codec().decodeClient(bytes(fits))).isEqualTo(new ClientMessage.Pong());
    assertThat(refusal(bytes(deep)).code()).isEqualTo(Code.MALFORMED);
  }

  @Test
  void whatCannotBeReadIsToldInWordsOfOurOwn() {
    String format = codec().binary() ? "CBOR" : "JSON";
    byte[] pong = bytes("{'type':'pong'}");
    byte[] twice = Arrays.copyOf(pong, pong.length * 2);
    System.arraycopy(pong, 0, twice, pong.length, pong.length);
    assertThat(sentence(bytes("[".repeat(40) + "]".repeat(40))))
        .isEqualTo("This is nested deeper than the 32 levels that are taken.");
    assertThat(sentence(bytes("{'" + "x".repeat(2_000) + "':1}")))
        .isEqualTo("A field's name has more than 1,024 characters.");
    assertThat(sentence(twice)).startsWith("Something follows, at ").endsWith(", behind the end.");
    assertThat(sentence(Arrays.copyOf(pong, pong.length - 1)))
        .isEqualTo("This " + format + " ends before it is complete.");
    assertThat(sentence(new byte[0]))
        .isEqualTo("There is nothing, where an object in " + format + " is due.");
    assertThat(sentence(bytes("[]"))).isEqualTo("This is " + format + ", but no object.");
    assertThat(sentence(new byte[] {(byte) 0x1f})).startsWith("This is not " + format + ", at ");
  }

  /** Whatever is read, a message or the body of a request, is told the same. */
  final String sentence(byte[] payload) {
    String told = refusal(payload).sentence();
    assertThatThrownBy(() -> codec().decodeObject(payload)).hasMessage(told);
    return told;
  }

  @Test
  void textThatNobodyCanKeepIsRefusedWithItsPath() {
    for (String half : List.of("\\u0000", "a\\ud83d", "\\ude00a", "\\ude00\\ud83d")) {
      assertPath("{'type':'pong','x':{'y':['a','%s']}}".formatted(half), "x.y[1]");
      assertPath("{'type':'pong','x':{'%s':1}}".formatted(half), "x");
      assertPath("{'type':'pong','%s':1}".formatted(half), "");
    }
    assertThat(codec().decodeClient(escaped("{'type':'pong','x':'\\ud83d\\ude00'}")))
        .isEqualTo(new ClientMessage.Pong());
  }

  private void assertPath(String escapedMessage, String path) {
    InvalidMessage refusal = refusal(escaped(escapedMessage));
    assertThat(refusal.code()).isEqualTo(Code.INVALID);
    assertThat(refusal.path()).hasValue(path);
  }

  /** Bytes of a message with {@code \\u} escapes in it, however this codec can say them. */
  abstract byte[] escaped(String relaxed);

  @Test
  void wholeNumbersHave64Bits() {
    String fits = "{'type':'pong','x':9223372036854775807,'y':-9223372036854775808}";
    assertThat(codec().decodeClient(bytes(fits))).isEqualTo(new ClientMessage.Pong());
    InvalidMessage refusal = refusal(bytes("{'type':'pong','x':[9223372036854775808]}"));
    assertThat(refusal.code()).isEqualTo(Code.INVALID);
    assertThat(refusal.path()).hasValue("x[0]");
  }

  @Test
  void anIdThatIsTooLargeIsRefusedWithoutAnswering() {
    InvalidMessage refusal =
        refusal(bytes("{'type':'subscribe','id':9223372036854775808,'room':'a:b'}"));
    assertThat(refusal.path()).hasValue("id");
    assertThat(refusal.id()).isEmpty();
  }

  @Test
  void aLimitOverEveryLimitIsTheLargest() {
    assertThat(
            codec()
                .decodeClient(
                    bytes("{'type':'history','id':1,'room':'a:b','limit':9223372036854775807}")))
        .isEqualTo(
            new ClientMessage.History(1, new RoomName("a:b"), null, null, Integer.MAX_VALUE));
  }

  @Test
  void aSplicedMessageIsTheMessage() {
    Event event = Messages.event(4);
    EncodedEvent encoded =
        EncodedEvent.of(
            event.seq(),
            event.name(),
            event.by(),
            event.at(),
            event.key(),
            event.patch().toString());
    byte[] one = codec().binary() ? encoded.cbor(codec()) : encoded.json();
    RoomName room = new RoomName("board:demo");
    byte[] spliced =
        codec()
            .splice()
            .field("type", "events")
            .field("room", room)
            .list("events", List.of(one, one))
            .done();
    ServerMessage direct = new ServerMessage.Events(room, List.of(event, event));
    assertThat(codec().decodeServer(spliced)).isEqualTo(direct);
    assertThat(mapper().readTree(spliced)).isEqualTo(mapper().readTree(codec().encode(direct)));
    assertThat(codec().decodeServer(codec().splice().field("type", "ping").done()))
        .isEqualTo(new ServerMessage.Ping());
    byte[] none =
        codec().splice().list("events", List.of()).encoded("x", codec().encodeValue(1)).done();
    assertThat(mapper().readTree(none)).isEqualTo(JSON.readTree("{\"events\":[],\"x\":1}"));
  }

  @Test
  void aServersMessageThatCannotBeReadIsMalformed() {
    for (String broken : List.of("{}", "{'type':'fly'}", "{'type':'accepted','id':'x'}", "[]")) {
      assertThatThrownBy(() -> codec().decodeServer(bytes(broken)))
          .isInstanceOfSatisfying(
              InvalidMessage.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED));
    }
  }
}
