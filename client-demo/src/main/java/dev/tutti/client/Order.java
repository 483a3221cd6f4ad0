package dev.tutti.client;

import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command as it is kept and sent.
 *
 * @param key the same key is applied at most once
 * @param expect what must be so, as a partial document in which {@code null} means absent
 */
public record Order(UUID key, String name, ObjectNode args, Optional<ObjectNode> expect) {

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("key", key.toString()).put("name", name).set("args", args);
    expect.ifPresent(it -> json.set("expect", it));
    return json;
  }

  static Order of(JsonNode json) {
    return new Order(
        UUID.fromString(json.get("key").stringValue()),
        json.get("name").stringValue(),
        (ObjectNode) json.get("args"),
        Optional.ofNullable((ObjectNode) json.get("expect")));
  }
}
