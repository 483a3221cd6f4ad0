package dev.tutti.probe;

import dev.tutti.protocol.MergePatch;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who is in a room, as one client was told. Guarded by the client. */
final class Members {
  private ObjectNode bySession = JsonNodeFactory.instance.objectNode();

  /** The whole map, of {@code subscribed}. */
  void all(JsonNode members) {
    bySession = (ObjectNode) members;
  }

  /** A {@code presence}. */
  void changed(JsonNode presence) {
    JsonNode members = presence.get("members");
    bySession =
        (ObjectNode)
            (presence.path("complete").booleanValue(false)
                ? members
                : MergePatch.apply(bySession, members));
  }

  /** Their sessions. */
  Set<String> sessions() {
    return new TreeSet<>(bySession.propertyNames());
  }
}
