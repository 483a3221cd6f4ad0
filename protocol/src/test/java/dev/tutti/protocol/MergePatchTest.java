package dev.tutti.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class MergePatchTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"b\"}              ; {\"a\":\"c\"}                  ; {\"a\":\"c\"}",
        "{\"a\":\"b\"}              ; {\"b\":\"c\"}                  ; {\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"}              ; {\"a\":null}                   ; {}",
        "{\"a\":\"b\",\"b\":\"c\"}  ; {\"a\":null}                   ; {\"b\":\"c\"}",
        "{\"a\":[\"b\"]}            ; {\"a\":\"c\"}                  ; {\"a\":\"c\"}",
        "{\"a\":\"c\"}              ; {\"a\":[\"b\"]}                ; {\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}}      ; {\"a\":{\"b\":\"d\",\"c\":null}} ; {\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]}    ; {\"a\":[1]}                    ; {\"a\":[1]}",
        "[\"a\",\"b\"]              ; [\"c\",\"d\"]                  ; [\"c\",\"d\"]",
        "{\"a\":\"b\"}              ; [\"c\"]                        ; [\"c\"]",
        "{\"a\":\"foo\"}            ; null                           ; null",
        "{\"a\":\"foo\"}            ; \"bar\"                        ; \"bar\"",
        "{\"e\":null}               ; {\"a\":1}                      ; {\"e\":null,\"a\":1}",
        "[1,2]                      ; {\"a\":\"b\",\"c\":null}       ; {\"a\":\"b\"}",
        "{}                         ; {\"a\":{\"bb\":{\"ccc\":null}}} ; {\"a\":{\"bb\":{}}}",
      })
  void theExamplesOfTheStandardHold(String target, String patch, String result) {
    assertThat(MergePatch.apply(JSON.readTree(target), JSON.readTree(patch)))
        .isEqualTo(JSON.readTree(result));
  }

  @Property
  void theDifferenceLeadsFromOneToTheOther(
      @ForAll("documents") ObjectNode a, @ForAll("documents") ObjectNode b) {
    String aBefore = a.toString();
    String bBefore = b.toString();
    ObjectNode patch = MergePatch.diff(a, b);
    assertThat(MergePatch.same(MergePatch.apply(a, patch), b)).isTrue();
    assertThat(a.toString()).isEqualTo(aBefore);
    assertThat(b.toString()).isEqualTo(bBefore);
  }

  @Property
  void nothingDiffersFromItself(@ForAll("documents") ObjectNode a) {
    assertThat(MergePatch.diff(a, a)).isEmpty();
    assertThat(MergePatch.diff(a, a.deepCopy())).isEmpty();
  }

  @Property
  void noFieldOfTheDifferenceCouldBeLeftOut(
      @ForAll("documents") ObjectNode a, @ForAll("documents") ObjectNode b) {
    assertMinimal(a, b, MergePatch.diff(a, b));
  }

  @Property
  void aPatchAppliedTwiceIsAppliedOnce(
      @ForAll("documents") ObjectNode a, @ForAll("documents") ObjectNode b) {
    ObjectNode patch = MergePatch.diff(a, b);
    JsonNode once = MergePatch.apply(a, patch);
    assertThat(MergePatch.apply(once, patch)).isEqualTo(once);
  }

  @Property
  void anObjectBuiltByAPatchHoldsNoNull(@ForAll("patches") ObjectNode patch) {
    assertThat(hasNullField(MergePatch.apply(NODES.missingNode(), patch))).isFalse();
    assertThat(hasNullField(MergePatch.apply(NODES.stringNode("x"), patch))).isFalse();
  }

  @Test
  void numbersAreTheSameByValue() {
    assertThat(MergePatch.same(tree("[1, 2.50, 1e2]"), tree("[1.0, 2.5, 100]"))).isTrue();
    assertThat(MergePatch.same(tree("9007199254740993"), tree("9007199254740992.0"))).isFalse();
    assertThat(MergePatch.same(tree("18446744073709551617"), tree("1"))).isFalse();
    assertThat(MergePatch.same(tree("1"), tree("\"1\""))).isFalse();
  }

  @Test
  void numbersWithoutADecimalValueAreComparedAsWell() {
    assertThat(MergePatch.same(NODES.numberNode(Double.NaN), NODES.numberNode(1))).isFalse();
    assertThat(MergePatch.same(NODES.numberNode(Double.NaN), NODES.numberNode(Double.NaN)))
        .isTrue();
    JsonNode infinite = NODES.numberNode(Double.POSITIVE_INFINITY);
    assertThat(MergePatch.same(infinite, NODES.numberNode(Float.POSITIVE_INFINITY))).isFalse();
    assertThat(MergePatch.same(infinite, tree("1" + "0".repeat(400)))).isFalse();
    assertThat(MergePatch.same(tree("1" + "0".repeat(400)), tree("1" + "0".repeat(400)))).isTrue();
  }

  @Test
  void anEmptyObjectInPlaceOfAValueIsADifference() {
    assertThat(MergePatch.diff(object("{\"a\":1}"), object("{\"a\":{}}")))
        .isEqualTo(object("{\"a\":{}}"));
    assertThat(MergePatch.diff(object("{}"), object("{\"a\":{}}"))).isEqualTo(object("{\"a\":{}}"));
    assertThat(MergePatch.diff(object("{\"a\":{\"b\":1}}"), object("{\"a\":{}}")))
        .isEqualTo(object("{\"a\":{\"b\":null}}"));
  }

  private static void assertMinimal(ObjectNode a, ObjectNode b, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      JsonNode was = a.get(field.getKey());
      JsonNode is = b.get(field.getKey());
      if (field.getValue().isNull()) {
        assertThat(is).isNull();
        assertThat(was).isNotNull();
      } else if (was instanceof ObjectNode inner && is instanceof ObjectNode target) {
        assertThat(field.getValue()).isNotEmpty();
        assertMinimal(inner, target, (ObjectNode) field.getValue());
      } else {
        assertThat(was == null || !MergePatch.same(was, is)).isTrue();
      }
    }
  }

  private static boolean hasNullField(JsonNode node) {
    return node instanceof ObjectNode object
        && object.properties().stream()
            .anyMatch(field -> field.getValue().isNull() || hasNullField(field.getValue()));
  }

  @Provide
  Arbitrary<ObjectNode> documents() {
    return objects(false);
  }

  @Provide
  Arbitrary<ObjectNode> patches() {
    return objects(true);
  }

  private static Arbitrary<ObjectNode> objects(boolean nulls) {
    return Arbitraries.maps(Arbitraries.of("a", "b", "c", "", "a.b", "/"), values(nulls))
        .ofMaxSize(4)
        .map(fields -> {
          ObjectNode object = NODES.objectNode();
          object.setAll(fields);
          return object;
        });
  }

  private static Arbitrary<JsonNode> values(boolean nulls) {
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            Arbitraries.of("", "x", "y").map(NODES::stringNode),
            Arbitraries.integers().between(0, 2).map(NODES::numberNode),
            Arbitraries.of(0.0, 1.0, 0.5).map(NODES::numberNode),
            Arbitraries.of(true, false).map(NODES::booleanNode));
    Arbitrary<JsonNode> all =
        nulls ? Arbitraries.oneOf(leaves, Arbitraries.just(NODES.nullNode())) : leaves;
    return Arbitraries.lazyOf(
        () -> all,
        () -> all,
        () -> objects(nulls).map(object -> object),
        () -> all.list().ofMaxSize(2).map(list -> new ArrayNode(NODES).addAll(list)));
  }

  private static JsonNode tree(String json) {
    return JSON.readTree(json);
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) JSON.readTree(json);
  }
}
