package dev.tutti.client;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody who is in a room; two devices of one user are two.
 *
 * @param session their key among the members
 * @param user the same on every device
 * @param name for people
 * @param state what they say of what they do
 */
public record Member(String session, String user, String name, ObjectNode state) {
  static Member of(String session, JsonNode json) {
    return new Member(
        session,
        json.path("user").asString(""),
        json.path("name").asString(""),
        json.get("state") instanceof ObjectNode state
            ? state
            : JsonNodeFactory.instance.objectNode());
  }
}
