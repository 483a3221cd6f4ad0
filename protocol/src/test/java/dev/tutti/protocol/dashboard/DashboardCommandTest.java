package dev.tutti.protocol.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.protocol.Code;
import dev.tutti.protocol.InvalidMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DashboardCommandTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'values':[null]} | args.values.0 | \"values.0\" is missing.",
        "{'values':[{'widget':'w','value':1},null]} | args.values.1 | \"values.1\" is missing.",
        "{'values':['  ']} | args.values.0 | \"values.0\" must be an object.",
        "{'values':[7]} | args.values.0 | \"values.0\" must be an object.",
        "{'values':[[]]} | args.values.0 | \"values.0\" must be an object.",
        "{'values':{}} | args.values | \"values\" must be a list.",
        "{'values':'x'} | args.values | \"values\" must be a list.",
        "{'values':[{'widget':'w','value':'1'}]} | args.values.0.value | \"values.0.value\" must be"
            + " a number.",
        "{'values':[{'widget':7,'value':1}]} | args.values.0.widget | \"values.0.widget\" must be"
            + " text.",
        "{'values':[]} | args.values | Give 1 to 500 readings at once.",
      })
  void whatIsWrongInAListIsNamedWithASentence(String args, String path, String sentence) {
    ObjectNode tree = (ObjectNode) JSON.readTree(args.replace('\'', '"'));
    assertThatThrownBy(() -> DashboardCommand.BINDING.parse("values.set", tree))
        .isInstanceOfSatisfying(
            InvalidMessage.class,
            e -> {
              assertThat(e.sentence()).isEqualTo(sentence);
              assertThat(e.path()).hasValue(path);
              assertThat(e.code()).isEqualTo(Code.INVALID);
            });
  }
}
