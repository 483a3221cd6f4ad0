package dev.tutti.types;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What fields there are in documents: as {@code tickets.*.due?}, where {@code *} is any key of a
 * map and {@code ?} says that it was absent somewhere, or {@code access.*.role=owner} for one of a
 * few words.
 */
final class WrittenFields {
  private final Set<String> maps;
  private final Set<String> words;

  /** How many objects there were at a place, and under each field how many had it. */
  private final Map<String, Map<String, Integer>> fields = new TreeMap<>();

  private final Map<String, Integer> objects = new TreeMap<>();
  private final Set<String> said = new TreeSet<>();

  /** Entities that were looked at; none is ever changed. */
  private final Set<JsonNode> known = Collections.newSetFromMap(new IdentityHashMap<>());

  /** One entity of each look, alone in a document. */
  private final Map<String, JsonNode> samples = new LinkedHashMap<>();

  /**
   * Nothing seen yet.
   *
   * @param maps places whose keys are ids or names
   * @param words places where only some words stand
   */
  WrittenFields(Set<String> maps, Set<String> words) {
    this.maps = maps;
    this.words = words;
  }

  void see(ObjectNode document) {
    count("", document);
    for (Map.Entry<String, JsonNode> collection : document.properties()) {
      count(collection.getKey(), collection.getValue());
      for (Map.Entry<String, JsonNode> entity : collection.getValue().properties()) {
        if (known.add(entity.getValue())) {
          Set<String> look = new TreeSet<>();
          visit(at(collection.getKey(), entity.getKey()), entity.getValue(), look);
          JsonNode sample = alone(collection.getKey(), entity.getKey(), entity.getValue());
          samples.putIfAbsent(look.toString(), sample);
        }
      }
    }
  }

  private static JsonNode alone(String collection, String id, JsonNode entity) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putObject(collection).set(id, entity);
    return document;
  }

  private void visit(String place, JsonNode value, Set<String> look) {
    look.add(place + " " + value.getNodeType());
    if (words.contains(place)) {
      said.add(place + "=" + value.stringValue());
      look.add(place + "=" + value.stringValue());
    }
    if (!value.isObject()) {
      return;
    }
    count(place, value);
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      visit(at(place, field.getKey()), field.getValue(), look);
    }
  }

  private void count(String place, JsonNode object) {
    if (!maps.contains(place)) {
      objects.merge(place, 1, Integer::sum);
      Map<String, Integer> here = fields.computeIfAbsent(place, _ -> new TreeMap<>());
      object.propertyNames().forEach(field -> here.merge(at(place, field), 1, Integer::sum));
    }
  }

  private String at(String place, String key) {
    return maps.contains(place) ? place + ".*" : place.isEmpty() ? key : place + "." + key;
  }

  /** Literals of the declared type, and the list of all fields, of which none may be missing. */
  String program(String type) {
    Stream<String> written =
        fields.entrySet().stream().flatMap(of -> marked(of.getValue(), objects.get(of.getKey())));
    String all =
        Stream.concat(written, said.stream())
            .map(field -> "  '%s': 1,\n".formatted(field))
            .collect(Collectors.joining());
    String each =
        samples.values().stream()
            .map(document -> "  " + document + ",\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        List.of(
            "import type { %s } from '/tutti.js';".formatted(type),
            "import type { Fields } from './fields';",
            "export const documents: %s[] = [\n%s];".formatted(type, each),
            "export const fields: Fields<%s> = {\n%s};\n".formatted(type, all)));
  }

  private static Stream<String> marked(Map<String, Integer> fields, int objects) {
    return fields.entrySet().stream()
        .map(field -> field.getValue() < objects ? field.getKey() + "?" : field.getKey());
  }
}
