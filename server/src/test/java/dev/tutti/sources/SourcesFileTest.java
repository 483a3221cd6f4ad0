package dev.tutti.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.sources.SourcesFile.Conclusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be seen in a file of sources before anything is asked is seen, and stops the start. */
class SourcesFileTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("KEY", "k3y-of-mine", "EMPTY", "", "ODD", "a\u0001b");

  /** Of a source called weather, with one field replaced. */
  private static final Map<String, String> SOUND =
      Map.of(
          "name", "\"weather\"",
          "url", "\"https://example.com/x?k=1\"",
          "seconds", "30",
          "read", "[{\"pointer\":\"/a\",\"room\":\"dashboard:ops\",\"widget\":\"t\"}]");

  @TempDir Path folder;

  @Test
  void aFileIsReadWithItsCredentialsFromElsewhere() throws Exception {
    Path secret = Files.writeString(folder.resolve("token"), "s3cret\n");
    Sources.Plan plan =
        plan(
            """
            {"allow": ["127.0.0.1", "::1"], "sources": [{"name": "weather", "url": "https://example.com:65535/x?k=1",
              "headers": {"Authorization": {"file": "%s", "prefix": "Bearer "}, "X_Key": {"env": "KEY"},
                "X-Plain": {"value": "no secret"}},
              "seconds": 86400, "always": true, "read": [
                {"pointer": "", "room": "dashboard:ops", "widget": "t"},
                {"pointer": "/a~1b/0", "room": "dashboard:ops", "widget": "t", "series": "Wien, außen"}]}]}
            """
                .formatted(secret));
    assertThat(plan.allowed()).isEqualTo(Set.of("127.0.0.1", "::1"));
    Source source = plan.sources().getFirst();
    assertThat(source.headers().values())
        .isEqualTo(
            Map.of(
                "Authorization", "Bearer s3cret", "X_Key", "k3y-of-mine", "X-Plain", "no secret"));
    assertThat(source.headers().secrets()).containsExactlyInAnyOrder("s3cret", "k3y-of-mine");
    assertThat(source.interval()).isEqualTo(Duration.ofDays(1));
    assertThat(source.always()).isTrue();
    assertThat(source.targets())
        .extracting(Source.Target::series)
        .containsExactly("", "Wien, außen");
    assertThat(plan.toString()).isEqualTo("[source weather]");
    assertThat(source.headers().toString()).isEqualTo("3 headers");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name | "" | sources[0].name: It is empty.
          name | 7 | sources[0].name: It is a text, "…".
          name | "two words" | sources[0].name: It has 1 to 60 letters, digits, '.', '_' and '-'.
          url | | weather: url: It is missing.
          url | "example.com" | weather: url: It begins with https:// or http://.
          url | "ftp://example.com/" | weather: url: It begins with https:// or http://.
          url | "https://ana:s3cret@example.com/" | weather: url: A user and a password are no part of it; they go into a header.
          url | "https://exa mple.com/" | weather: url: It is no address such as https://example.com/now.
          url | "https://a_b/" | weather: url: Its host is no name, and no address, that can be asked.
          url | "http://127.1/" | weather: url: Its host is no name, and no address, that can be asked.
          url | "http://0x7f000001/" | weather: url: Its host is no name, and no address, that can be asked.
          url | "https://example.com:0/" | weather: url: Its port is from 1 to 65535.
          url | "https://example.com:65536/" | weather: url: Its port is from 1 to 65535.
          url | "https://example.com:99999999999/" | weather: url: Its host is no name, and no address, that can be asked.
          url | "https://example.com/#part" | weather: url: What stands behind '#' is never sent.
          url | "https://example.com/ä" | weather: url: Whatever is not ASCII is written as %XX, and a name as xn--….
          url | "http://169.254.169.254/latest" | weather: url: Its address is not of the open internet, and is not listed in "allow".
          url | "http://[::1]:9090/" | weather: url: Its address is not of the open internet, and is not listed in "allow".
          seconds | | weather: seconds: It is a whole number from 1 to 86400.
          seconds | 0 | weather: seconds: It is a whole number from 1 to 86400.
          seconds | 86401 | weather: seconds: It is a whole number from 1 to 86400.
          seconds | 1.5 | weather: seconds: It is a whole number from 1 to 86400.
          seconds | "30" | weather: seconds: It is a whole number from 1 to 86400.
          seconds | 99999999999 | weather: seconds: It is a whole number from 1 to 86400.
          always | "yes" | weather: always: It is true or false.
          interval | 30 | weather: interval: There is no such field.
          headers | "Bearer s3cret" | weather: headers: It is an object, {…}.
          headers | {"Authorization":"Bearer s3cret"} | weather: headers.Authorization: It is an object, {…}.
          headers | {"X":{}} | weather: headers.X: Its value is in one of "env", "file" and "value".
          headers | {"X":{"env":"KEY","value":"s3cret"}} | weather: headers.X: Its value is in one of "env", "file" and "value".
          headers | {"X":{"env":"s3cret"}} | weather: headers.X.env: This variable is not set, or is empty.
          headers | {"X":{"env":"EMPTY"}} | weather: headers.X.env: This variable is not set, or is empty.
          headers | {"X":{"env":7}} | weather: headers.X.env: It is a text, "…".
          headers | {"X":{"file":"/nowhere/s3cret"}} | weather: headers.X.file: This file is not there, or cannot be read.
          headers | {"X":{"file":"/dev/zero"}} | weather: headers.X.file: This file is over 4096 bytes.
          headers | {"X":{"file":"/dev/null"}} | weather: headers.X.file: This file is empty.
          headers | {"X":{"env":"ODD"}} | weather: headers.X: Its value holds what no header can.
          headers | {"X":{"env":"KEY","prefx":"Bearer "}} | weather: headers.X.prefx: There is no such field.
          headers | {"X:Y":{"env":"KEY"}} | weather: headers.X:Y: A header is named with letters, digits, '-', '_' and '.'.
          headers | {"Host":{"env":"KEY"}} | weather: headers.Host: This header is set by the server itself.
          headers | {"a":{"env":"KEY"},"A":{"env":"KEY"}} | weather: headers.A: This header is there twice.
          read | | weather: read: It says what to read of the answer, and is missing or empty.
          read | [] | weather: read: It says what to read of the answer, and is missing or empty.
          read | {} | weather: read: It is an array, […].
          read | ["/a"] | weather: read[0]: It is an object, {…}.
          """)
  void aFieldThatIsWrongIsNamed(String field, String value, String sentence) throws Exception {
    assertThat(problems(source(field, value))).containsExactly("--sources: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          pointer | | .pointer: It is missing.
          pointer | "now" | .pointer: It is no JSON pointer such as /current/degrees; in names '~' is ~0, '/' is ~1.
          pointer | "/a~2" | .pointer: It is no JSON pointer such as /current/degrees; in names '~' is ~0, '/' is ~1.
          pointer | "/a~" | .pointer: It is no JSON pointer such as /current/degrees; in names '~' is ~0, '/' is ~1.
          room | | .room: It is missing.
          room | "ops" | .room: It is no dashboard such as dashboard:ops.
          room | "board:ops" | .room: It is no dashboard such as dashboard:ops.
          room | "dashboard:server" | .room: Only the server itself writes there.
          widget | | .widget: It is missing.
          widget | "" | .widget: It is empty.
          widget | "two words" | : "widget" must be an id of 1 to 64 letters, digits, '-' and '_'.
          widget | "__proto__" | : "widget" must be an id of 1 to 64 letters, digits, '-' and '_'.
          series | "" | .series: It is empty.
          series | "a\\nb" | : "series" holds a control character.
          series | "constructor" | : "constructor" is a reserved word.
          colour | "red" | .colour: There is no such field.
          """)
  void aTargetThatNoDashboardWouldTakeIsNamed(String field, String value, String sentence)
      throws Exception {
    Map<String, String> target =
        new HashMap<>(Map.of("pointer", "\"/b\"", "room", "\"dashboard:ops\"", "widget", "\"u\""));
    put(target, field, value);
    String entries =
        "[{\"pointer\":\"/a\",\"room\":\"dashboard:ops\",\"widget\":\"t\"}," + object(target) + "]";
    assertThat(problems(source("read", entries)))
        .containsExactly("--sources: weather: read[1]" + sentence);
  }

  @Test
  void aSeriesNameThatIsTooLongIsNamed() throws Exception {
    String entry =
        "[{\"pointer\":\"/a\",\"room\":\"dashboard:ops\",\"widget\":\"t\",\"series\":\"%s\"}]"
            .formatted("s".repeat(61));
    assertThat(problems(source("read", entry)))
        .containsExactly("--sources: weather: read[0]: \"series\" is longer than 60 characters.");
  }

  @Test
  void twoThatGoToOnePlaceAreNamedAndSoIsASourceWhoseNameIsTaken() throws Exception {
    String twice =
        "[{\"pointer\":\"/a\",\"room\":\"dashboard:ops\",\"widget\":\"t\"},"
            + "{\"pointer\":\"/b\",\"room\":\"dashboard:ops\",\"widget\":\"t\",\"series\":\"value\"}]";
    String file =
        "{\"sources\":["
            + source("read", twice)
            + ","
            + source("name", "\"money\"")
            + ","
            + source("always", "true")
            + "]}";
    assertThat(problemsOf(file))
        .containsExactly(
            "--sources: weather: read[1]: Another entry goes to the same place.",
            "--sources: money: read[0]: An entry of weather goes to the same place.",
            "--sources: sources[2].name: Another source is called so.",
            "--sources: sources[2].read[0]: An entry of weather goes to the same place.");
  }

  @Test
  void moreThanOneCommandHoldsIsRefused() throws Exception {
    String many =
        IntStream.rangeClosed(0, 500)
            .mapToObj(i ->
                "{\"pointer\":\"/%d\",\"room\":\"dashboard:ops\",\"widget\":\"t%d\"}"
                    .formatted(i, i))
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(problems(source("read", many)))
        .containsExactly(
            "--sources: weather: read: Of one source 500 go to one dashboard at most.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [] | --sources: It is an object, {…}.
          {} | --sources: sources: There are 1 to 200 of them.
          {"sources":{}} | --sources: sources: It is an array, […].
          """)
  void aFileOfAnotherShapeIsRefused(String file, String sentence) throws Exception {
    assertThat(problemsOf(file)).contains(sentence);
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0/8", "localhost", "''", "10.0.0.256", "10.5", "fe80"})
  void whatIsNoAddressIsNotListed(String entry) throws Exception {
    String file = "{\"allow\":[\"::1\",\"%s\"],\"sources\":[%s]}".formatted(entry, object(SOUND));
    assertThat(problemsOf(file))
        .containsExactly(
            "--sources: allow[1]: It is no address such as 10.0.0.5 or ::1; they are listed one by"
                + " one.");
  }

  @Test
  void whatIsNoJsonIsNotQuoted() throws Exception {
    Path file = folder.resolve("sources.json");
    assertThat(problemsOf("{\"sources\":\n[s3cret]}"))
        .containsExactly(
            "The file " + file + " of --sources is no JSON, or has a field twice, in line 2.");
    assertThat(problemsOf("{\"allow\":[],\"allow\":[]}"))
        .containsExactly(
            "The file " + file + " of --sources is no JSON, or has a field twice, in line 1.");
    assertThat(problemsOf("{} {}")).singleElement().asString().contains("is no JSON");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path gone = folder.resolve("gone.json");
    assertThat(SourcesFile.read(gone, Map.of()))
        .isEqualTo(
            new Conclusion.Refused(List.of("The file " + gone + " of --sources cannot be read.")));
  }

  @Test
  void allThatIsWrongIsFoundAtOnceAndNoValueIsTold() throws Exception {
    String source =
        """
        {"name": "a", "url": "ftp://user:s3cret@example.com", "seconds": 0,
         "headers": {"X": {"env": "s3cret"}, "Y": "s3cret"},
         "read": [{"pointer": "s3cret", "room": "board:s3cret", "widget": "s3 cret"}]}
        """;
    List<String> problems = problems(source);
    assertThat(problems).hasSize(7).allMatch(sentence -> sentence.startsWith("--sources: a: "));
    assertThat(problems.toString()).doesNotContain("s3");
  }

  /** With one field replaced, or without it where the value is null. */
  private static String source(String field, String value) {
    Map<String, String> fields = new HashMap<>(SOUND);
    put(fields, field, value);
    return object(fields);
  }

  private static void put(Map<String, String> fields, String field, String value) {
    if (value == null) {
      fields.remove(field);
    } else {
      fields.put(field, value);
    }
  }

  private static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private List<String> problems(String source) throws IOException {
    return problemsOf("{\"sources\":[" + source + "]}");
  }

  private List<String> problemsOf(String text) throws IOException {
    return switch (read(text)) {
      case Conclusion.Refused(List<String> problems) -> problems;
      case Conclusion.Read read -> throw new AssertionError("It was taken: " + read);
    };
  }

  private Sources.Plan plan(String text) throws IOException {
    return switch (read(text)) {
      case Conclusion.Read(Sources.Plan plan) -> plan;
      case Conclusion.Refused(List<String> problems) ->
          throw new AssertionError(problems.toString());
    };
  }

  private Conclusion read(String text) throws IOException {
    return SourcesFile.read(Files.writeString(folder.resolve("sources.json"), text), ENVIRONMENT);
  }
}
