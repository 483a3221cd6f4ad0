package dev.tutti.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON in which {@code …} stands for what varies: as a field of its own for any further fields, as
 * a field's name for any one name, and in a text for any characters.
 */
record Expected(JsonNode pattern) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ANY = "…";
  private static final String FURTHER = "… further fields";

  static Expected of(String text) {
    return new Expected(
        JSON.readTree(text.replaceAll("([,{])…([,}])", "$1\"" + FURTHER + "\":true$2")));
  }

  /** The type that a message must have, if it is one. */
  String type() {
    return pattern.path("type").asString("");
  }

  /** Where a value differs, or empty. */
  Optional<String> mismatch(JsonNode actual) {
    return mismatch(pattern, actual, "");
  }

  private static Optional<String> mismatch(JsonNode expected, JsonNode actual, String path) {
    return switch (expected) {
      case ObjectNode fields when actual instanceof ObjectNode object ->
          objects(fields, object, path);
      case ArrayNode list when actual instanceof ArrayNode array && list.size() == array.size() -> {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
          mismatch(list.get(i), array.get(i), path + "[" + i + "]").ifPresent(found::add);
        }
        yield found.stream().findFirst();
      }
      default ->
          same(expected, actual)
              ? Optional.empty()
              : Optional.of(path + " is " + actual + ", not " + expected);
    };
  }

  private static Optional<String> objects(ObjectNode expected, ObjectNode actual, String path) {
    boolean further = expected.has(FURTHER);
    List<String> left = new ArrayList<>(actual.propertyNames());
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      String name = field.getKey();
      if (name.equals(FURTHER)) {
        continue;
      }
      if (name.equals(ANY)) {
        name = left.isEmpty() ? ANY : left.getFirst();
      }
      JsonNode value = actual.get(name);
      if (value == null) {
        return Optional.of(path + "." + name + " is missing in " + actual);
      }
      left.remove(name);
      Optional<String> inner = mismatch(field.getValue(), value, path + "." + name);
      if (inner.isPresent()) {
        return inner;
      }
    }
    return further || left.isEmpty()
        ? Optional.empty()
        : Optional.of(path + " also holds " + left + " in " + actual);
  }

  private static boolean same(JsonNode expected, JsonNode actual) {
    if (!expected.isString() || !actual.isString()) {
      return expected.equals(actual);
    }
    String[] parts = expected.stringValue().split(ANY, -1);
    String text = actual.stringValue();
    return parts.length == 1
        ? text.equals(parts[0])
        : text.length() > parts[0].length() + parts[1].length()
            && text.startsWith(parts[0])
            && text.endsWith(parts[1]);
  }
}
