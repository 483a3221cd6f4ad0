package dev.tutti.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tutti.protocol.ClientMessage;
import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.Limits;
import dev.tutti.protocol.ServerMessage;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/protocol.md} cannot drift: its tables are the code's own. */
class ProtocolTablesTest {
  private static final Markdown PAGE = Markdown.of("docs/protocol.md");

  @Test
  void everyRefusalCodeStandsThereWithItsStatus() {
    assertThat(PAGE.table("Refusals").stream().map(row -> row.get(0) + " " + row.get(1)))
        .containsExactly(
            Stream.of(Code.values())
                .map(code -> "`" + code.wire() + "` " + code.httpStatus())
                .toArray(String[]::new));
  }

  @Test
  void everyCloseCodeStandsThereWithItsAdvice() {
    assertThat(PAGE.table("Closing"))
        .containsExactlyElementsOf(
            Stream.of(CloseCode.values())
                .map(c -> List.of("" + c.code(), c.reconnect() ? "yes" : "no", c.reason()))
                .toList());
  }

  @Test
  void everyLimitStandsThereWithItsDefault() {
    JsonNode defaults = new JsonMapper().valueToTree(Limits.DEFAULTS);
    assertThat(PAGE.table("Limits").stream().map(row -> row.get(0) + " " + row.get(1)))
        .containsExactly(
            Stream.of(Limits.class.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> "`%s` %,d".formatted(name, defaults.path(name).intValue()))
                .toArray(String[]::new));
  }

  @Test
  void everyFieldOfEveryMessageStandsThere() {
    assertThat(fieldsInTable("What a client says")).isEqualTo(fieldsOf(ClientMessage.class));
    assertThat(fieldsInTable("What the server says")).isEqualTo(fieldsOf(ServerMessage.class));
  }

  private static Map<String, List<String>> fieldsInTable(String heading) {
    Map<String, List<String>> fields = new TreeMap<>();
    String message = "";
    for (List<String> row : PAGE.table(heading)) {
      if (!row.get(0).isEmpty()) {
        message = row.get(0).replaceAll("[*`]", "");
        fields.put(message, new ArrayList<>());
      }
      if (!row.get(1).isEmpty()) {
        fields.get(message).add(row.get(1).replace("`", ""));
      }
    }
    fields.values().forEach(names -> names.sort(null));
    return fields;
  }

  private static Map<String, List<String>> fieldsOf(Class<?> messages) {
    Map<String, List<String>> fields = new TreeMap<>();
    for (Class<?> message : messages.getPermittedSubclasses()) {
      JsonTypeName type = message.getAnnotation(JsonTypeName.class);
      if (type == null) {
        fields.putAll(fieldsOf(message));
      } else {
        fields.put(
            type.value(),
            Stream.of(message.getRecordComponents())
                .map(RecordComponent::getName)
                .sorted()
                .toList());
      }
    }
    return fields;
  }
}
