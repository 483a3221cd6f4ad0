package dev.tutti.protocol.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.InvalidMessage;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class BoardCommandTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void aMoveNamesItsNeighbour() {
    assertThat(parse("ticket.move", "{'ticket':'t1','column':'doing','after':'t9'}"))
        .isEqualTo(new TicketCommand.Move("t1", "doing", "t9", null))
        .isInstanceOfSatisfying(
            TicketCommand.Move.class,
            move -> assertThat(move.place()).isEqualTo(new Place.After("t9")));
  }

  @Test
  void whatIsNotKnownIsIgnoredAndNullIsAbsent() {
    assertThat(parse("ticket.due", "{'ticket':'t1','date':null,'colour':[1,{}]}"))
        .isEqualTo(new TicketCommand.Due("t1", null));
    assertThat(parse("ticket.due", "{'ticket':'t1','date':'2028-02-29'}"))
        .isEqualTo(new TicketCommand.Due("t1", LocalDate.of(2028, 2, 29)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ticket.add | {'column':'c'} | args.title | \"title\" is missing.",
        "ticket.add | {'column':'c','title':null} | args.title | \"title\" is missing.",
        "ticket.add | {'column':'c','title':7} | args.title | \"title\" must be text.",
        "ticket.add | {'column':'c','title':true} | args.title | \"title\" must be text.",
        "ticket.add | {'column':'c','title':{}} | args.title | \"title\" must be text.",
        "ticket.add | {'column':'c','title':['x']} | args.title | \"title\" must be text.",
        "ticket.add | {'column':'c','title':' '} | args.title | \"title\" must not be empty.",
        "ticket.add | {'column':'c','title':'a\\nb'} | args.title | \"title\" holds a control"
            + " character.",
        "ticket.add | {'column':'c','title':'x','first':1} | args.first | \"first\" must be true or"
            + " false.",
        "ticket.add | {'column':'c','title':'x','first':'true'} | args.first | \"first\" must be"
            + " true or false.",
        "ticket.move | {'ticket':'t','column':'c','after':'t'} | args.after | Nothing comes after"
            + " itself.",
        "ticket.move | {'ticket':'t','column':'c','after':'u','first':true} | args.first | Give"
            + " \"after\" or \"first\", not both.",
        "column.limit | {'column':'c','limit':'3'} | args.limit | \"limit\" must be a whole"
            + " number.",
        "column.limit | {'column':'c','limit':2.5} | args.limit | \"limit\" must be a whole"
            + " number.",
        "column.limit | {'column':'c','limit':3000000000} | args.limit | \"limit\" must be a whole"
            + " number.",
        "column.limit | {'column':'c','limit':''} | args.limit | \"limit\" must be a whole number.",
        "column.limit | {'column':'c','limit':'  '} | args.limit | \"limit\" must be a whole"
            + " number.",
        "column.limit | {'column':'c','limit':0} | args.limit | \"limit\" must be a number from 1"
            + " to 2000.",
        "ticket.label | {'ticket':'t','label':'l','hue':360} | args.hue | \"hue\" must be a number"
            + " from 0 to 359.",
        "ticket.label | {'ticket':'t','label':'__proto__'} | args.label | \"__proto__\" is a"
            + " reserved word.",
        "ticket.due | {'ticket':'t','date':'29.2.2027'} | args.date | \"date\" must be a date such"
            + " as 2026-11-22.",
        "ticket.due | {'ticket':'t','date':'2027-02-29'} | args.date | \"date\" must be a date such"
            + " as 2026-11-22.",
        "ticket.due | {'ticket':'t','date':[2027,2,1]} | args.date | \"date\" must be a date such"
            + " as 2026-11-22.",
        "ticket.due | {'ticket':'t','date':''} | args.date | \"date\" must be a date such as"
            + " 2026-11-22.",
        "ticket.due | {'ticket':'t','date':'+12027-01-01'} | args.date | \"date\" must be in the"
            + " years 1900 to 9999.",
        "ticket.check.set | {'ticket':'t','item':'i','done':'yes'} | args.done | \"done\" must be"
            + " true or false.",
        "ticket.check.set | {'ticket':'t','item':'i','done':' '} | args.done | \"done\" must be"
            + " true or false.",
        "ticket.check.set | {'ticket':'t','item':'i'} | args.done | \"done\" is missing.",
        "ticket.edit | {'ticket':'t'} | args.title | Give a \"title\" or a \"description\".",
        "ticket.assign | {'ticket':'t','user':'a b'} | args.user | A user id has no spaces in it.",
        "column.delete | {'column':'c','to':'c'} | args.to | Its tickets cannot stay in the column"
            + " that goes.",
      })
  void whatIsWrongIsNamedWithASentence(String name, String args, String path, String sentence) {
    assertThatThrownBy(() -> parse(name, args))
        .isInstanceOfSatisfying(
            InvalidMessage.class,
            e -> {
              assertThat(e.sentence()).isEqualTo(sentence);
              assertThat(e.path()).hasValue(path);
              assertThat(e.code()).isEqualTo(Code.INVALID);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "é", "__proto__", "constructor", "prototype", "a.b", "a/b"})
  void anIdIsPlain(String id) {
    assertThatThrownBy(() -> new TicketCommand.Delete(id)).isInstanceOf(InvalidMessage.class);
    assertThatThrownBy(() -> new TicketCommand.Delete("x".repeat(65)))
        .isInstanceOf(InvalidMessage.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "a\ud800", "\udc00a", "\u0007", "\u009f"})
  void textThatAStoreCannotKeepIsRefused(String text) {
    assertThatThrownBy(() -> new CommentCommand.Add("t", null, text))
        .isInstanceOf(InvalidMessage.class);
    assertThat(new CommentCommand.Add("t", null, "👩‍🚀\n\tdone").text()).isNotEmpty();
  }

  @Test
  void anUnknownCommandIsNamedButNotAtLength() {
    assertThatThrownBy(() -> parse("ticket.fly" + "!".repeat(10_000), "{}"))
        .isInstanceOfSatisfying(
            InvalidMessage.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.UNKNOWN_COMMAND);
              assertThat(e.sentence()).hasSizeLessThan(120);
            });
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void everyCommandComesBackFromItsOwnArguments(BoardCommand command) {
    String name = BoardCommand.BINDING.nameOf(command);
    ObjectNode args = BoardCommand.BINDING.argsOf(command);
    assertThat(args.toString()).doesNotContain("null");
    assertThat(BoardCommand.BINDING.parse(name, args)).isEqualTo(command);
  }

  static List<BoardCommand> oneOfEach() {
    List<BoardCommand> all =
        Stream.<BoardCommand>of(
                new BoardCommand.Rename("Title"),
                new ColumnCommand.Add(null, "Title", null, true),
                new ColumnCommand.Rename("c", "Title"),
                new ColumnCommand.Move("c", "d", null),
                new ColumnCommand.Delete("c", "d"),
                new ColumnCommand.Limit("c", 3),
                new TicketCommand.Add("t", "c", "Title", "u", null),
                new TicketCommand.Edit("t", null, ""),
                new TicketCommand.Move("t", "c", null, true),
                new TicketCommand.Assign("t", "guest:ana-4c1", "Ana"),
                new TicketCommand.Unassign("t", "guest:ana-4c1"),
                new TicketCommand.Label("t", "bug", 25),
                new TicketCommand.Unlabel("t", "bug"),
                new TicketCommand.Due("t", LocalDate.of(2027, 1, 1)),
                new TicketCommand.Archive("t"),
                new TicketCommand.Restore("t", "c"),
                new TicketCommand.Delete("t"),
                new CheckCommand.Add("t", "i", "Text"),
                new CheckCommand.Set("t", "i", true),
                new CheckCommand.Edit("t", "i", "Text"),
                new CheckCommand.Move("t", "i", "j", null),
                new CheckCommand.Remove("t", "i"),
                new CommentCommand.Add("t", "m", "Text"),
                new CommentCommand.Edit("m", "Text"),
                new CommentCommand.Delete("m"))
            .toList();
    assertThat(all.stream().map(BoardCommand.BINDING::nameOf))
        .containsExactlyInAnyOrderElementsOf(BoardCommand.BINDING.names());
    return all;
  }

  @Property(tries = 2_000)
  void randomArgumentsAreTakenOrRefusedAndNothingElse(
      @ForAll("names") String name, @ForAll("arguments") ObjectNode args) {
    try {
      BoardCommand command = BoardCommand.BINDING.parse(name, args);
      assertThat(BoardCommand.BINDING.nameOf(command)).isEqualTo(name);
    } catch (InvalidMessage refused) {
      assertThat(refused.sentence()).isNotEmpty();
      assertThat(refused.path().orElseThrow()).startsWith("args");
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(BoardCommand.BINDING.names());
  }

  @Provide
  Arbitrary<ObjectNode> arguments() {
    Arbitrary<String> fields =
        Arbitraries.of(
            "ticket",
            "column",
            "title",
            "after",
            "first",
            "to",
            "limit",
            "user",
            "name",
            "label",
            "hue",
            "date",
            "item",
            "text",
            "done",
            "comment",
            "description",
            "x");
    return Arbitraries.maps(fields, values()).ofMaxSize(12).map(BoardCommandTest::object);
  }

  private static Arbitrary<JsonNode> values() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            Arbitraries.of("t1", "c1", "2027-01-01", "", "__proto__", "true", "3", "1e9")
                .map(nodes::stringNode),
            Arbitraries.strings().ofMaxLength(80).map(nodes::stringNode),
            Arbitraries.longs().map(nodes::numberNode),
            Arbitraries.integers().between(-2, 400).map(nodes::numberNode),
            Arbitraries.doubles().map(nodes::numberNode),
            Arbitraries.bigIntegers().map(nodes::numberNode),
            Arbitraries.of(true, false).map(nodes::booleanNode),
            Arbitraries.just(nodes.nullNode()),
            Arbitraries.just(nodes.binaryNode(new byte[] {1, 2})));
    return Arbitraries.lazyOf(
        () -> leaves,
        () -> leaves,
        () -> leaves,
        () -> values().list().ofMaxSize(2).map(list -> new ArrayNode(nodes).addAll(list)),
        () ->
            Arbitraries.maps(Arbitraries.of("a", "b"), values())
                .ofMaxSize(2)
                .map(BoardCommandTest::object));
  }

  private static ObjectNode object(Map<String, JsonNode> fields) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.setAll(fields);
    return object;
  }

  private static BoardCommand parse(String name, String relaxed) {
    return BoardCommand.BINDING.parse(name, (ObjectNode) JSON.readTree(relaxed.replace('\'', '"')));
  }
}
