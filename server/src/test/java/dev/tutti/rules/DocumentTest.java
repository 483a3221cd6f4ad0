package dev.tutti.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.protocol.MergePatch;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class DocumentTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Property
  void aPatchDoesToADocumentWhatItDoesToItsJson(
      @ForAll("documents") ObjectNode json, @ForAll("patches") ObjectNode patch) {
    Document before = Document.of(json);
    String text = before.toString();
    JsonNode expected = MergePatch.apply(before.toJson(), patch);
    assertThat(before.apply(patch).toJson()).isEqualTo(expected);
    assertThat(before.apply(patch)).isEqualTo(Document.of((ObjectNode) expected));
    assertThat(before.toString()).isEqualTo(text);
  }

  @Property
  void aChangeLeadsToTheSameDocumentAsItsPatch(
      @ForAll("documents") ObjectNode from, @ForAll("documents") ObjectNode to) {
    Document before = Document.of(from);
    Document expected = before;
    Change change = Change.none();
    for (Map.Entry<String, JsonNode> collection : to.properties()) {
      String name = collection.getKey();
      for (String id : before.collection(name).keySet()) {
        change.remove(name, id);
        expected = expected.without(name, id);
      }
      for (Map.Entry<String, JsonNode> entity : collection.getValue().properties()) {
        change.put(name, entity.getKey(), (ObjectNode) entity.getValue());
        expected = expected.with(name, entity.getKey(), (ObjectNode) entity.getValue());
      }
    }
    assertThat(before.apply(change.patchOn(before))).isEqualTo(expected);
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(Document.empty().entity("tickets", "t1")).isEmpty();
    assertThat(Document.empty().collection("tickets")).isEmpty();
    assertThat(Document.empty().without("tickets", "t1")).isEqualTo(Document.empty());
  }

  @Test
  void documentsShareWhatDidNotChange() {
    Document before = Document.of(json("{\"a\":{\"x\":{\"n\":1},\"y\":{\"n\":2}}}"));
    Document after = before.apply(json("{\"a\":{\"x\":{\"n\":3}}}"));
    assertThat(after.entity("a", "y").orElseThrow())
        .isSameAs(before.entity("a", "y").orElseThrow());
  }

  @Test
  void changingToWhatItIsIsNoPatch() {
    Document before = Document.of(json("{\"a\":{\"x\":{\"n\":1}}}"));
    Change change = Change.none().put("a", "x", json("{\"n\":1.0}")).remove("b", "y");
    assertThat(change.patchOn(before)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1}", "{\"a\":[]}", "{\"a\":{\"x\":1}}", "{\"a\":{\"x\":[]}}"})
  void aDocumentIsAnObjectOfObjectsOfObjects(String patch) {
    assertThatThrownBy(() -> Document.of(json(patch))).isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<ObjectNode> documents() {
    return nested(entities(false), false);
  }

  @Provide
  Arbitrary<ObjectNode> patches() {
    return nested(entities(true), true);
  }

  private static Arbitrary<ObjectNode> nested(Arbitrary<ObjectNode> entities, boolean nulls) {
    Arbitrary<ObjectNode> collections =
        objects(Arbitraries.of("x", "y", "z"), orNull(entities, nulls));
    return objects(Arbitraries.of("a", "b", "c"), orNull(collections, nulls));
  }

  private static Arbitrary<ObjectNode> entities(boolean nulls) {
    Arbitrary<JsonNode> numbers = Arbitraries.integers().between(0, 3).map(NODES::numberNode);
    Arbitrary<JsonNode> leaves = orNull(numbers, nulls);
    Arbitrary<ObjectNode> inner = objects(Arbitraries.of("p", "q"), leaves);
    return objects(
        Arbitraries.of("n", "m"), Arbitraries.oneOf(leaves, inner.map(Function.identity())));
  }

  private static Arbitrary<JsonNode> orNull(Arbitrary<? extends JsonNode> values, boolean nulls) {
    Arbitrary<JsonNode> some = values.map(value -> value);
    return nulls ? Arbitraries.oneOf(some, some, Arbitraries.just(NODES.nullNode())) : some;
  }

  private static Arbitrary<ObjectNode> objects(
      Arbitrary<String> names, Arbitrary<JsonNode> values) {
    return Arbitraries.maps(names, values)
        .ofMaxSize(3)
        .map(fields -> {
          ObjectNode object = NODES.objectNode();
          object.setAll(fields);
          return object;
        });
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JSON.readTree(text);
  }
}
