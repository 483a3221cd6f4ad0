package dev.tutti.rules.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.rules.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ShapeTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static Document fed() {
    return new DashboardStory()
        .adds("l", "line", 0, 0, 6, 4)
        .adds("g", "gauge", 6, 0, 3, 3)
        .adds("t", "text", 9, 0, 3, 3)
        .does("value.set", "{'widget':'l','series':'a','value':1.5,'state':'warn'}")
        .does("value.set", "{'widget':'g','value':7}")
        .document();
  }

  @Test
  void whatTheRulesMadeIsTaken() {
    assertThat(Shape.objection(fed())).isEmpty();
    assertThat(Shape.objection(Document.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'evil':{'a':{}}} | \"evil\" is not known here.",
        "{'dashboard':{'info':{'title':''}}} | \"title\" must not be empty.",
        "{'dashboard':{'other':{}}} | \"other\" is not known here.",
        "{'widgets':{'l':{'kind':'pie'}}} | \"kind\" must be one of number, gauge",
        "{'widgets':{'l':{'evil':1}}} | \"evil\" is not known here.",
        "{'widgets':{'l':{'window':1}}} | \"window\"",
        "{'widgets':{'l':{'w':'6'}}} | \"w\" must be a whole number.",
        "{'widgets':{'l':{'warn':1,'bad':1}}} | \"warn\" and \"bad\" must differ.",
        "{'widgets':{'g':{'x':5}}} | is over another or over the edge.",
        "{'widgets':{'g':{'x':11}}} | is over another or over the edge.",
        "{'widgets':{'__':{'kind':'text'}}} | is missing.",
        "{'widgets':{'g':null}} | A reading is of a widget that is not there.",
        "{'readings':{'t':{'value':{'value':1,'at':'2026-11-22T12:00:00Z'}}}} | at most 0 series",
        "{'readings':{'g':{'value':null,'b':{'value':1,'at':'2026-11-22T12:00:00Z'}}}} | no named"
            + " series",
        "{'readings':{'l':{'a':{'at':'noon'}}}} | must be an instant",
        "{'readings':{'l':{'a':{'state':'fine'}}}} | \"state\" must be good, warn or bad.",
        "{'readings':{'l':{'a':{'text':'both'}}}} | Give a number",
        "{'readings':{'l':{'a':{'value':'1'}}}} | \"value\" must be a number.",
        "{'points':{'l':{'a':{'180':[1,2]}}}} | A point is",
        "{'points':{'l':{'a':{'1':[1,'2']}}}} | A point is",
        "{'points':{'l':{'z':{'1':[1,2]}}}} | points of a series without a reading",
        "{'points':{'g':{'value':{'1':[1,2]}}}} | keeps no points",
      })
  void whatTheyCouldNotHaveMadeIsNot(String patch, String sentence) {
    Document document = fed().apply((ObjectNode) JSON.readTree(patch.replace('\'', '"')));
    assertThat(Shape.objection(document))
        .hasValueSatisfying(it -> assertThat(it).contains(sentence));
  }
}
