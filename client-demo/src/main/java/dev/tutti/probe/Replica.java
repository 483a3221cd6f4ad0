package dev.tutti.probe;

import dev.tutti.protocol.MergePatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The room's document as a client holds it, and how far it is. What it is told that cannot be, it
 * remembers. Under the client's lock.
 */
final class Replica {
  private final Memory memory;
  private String epoch = "";
  private ObjectNode document = JsonNodeFactory.instance.objectNode();
  private long seq = -1;

  Replica(Memory memory) {
    this.memory = memory;
  }

  /** Whether there has been a document. */
  boolean isThere() {
    return seq >= 0;
  }

  /** The last event that the document holds; negative before the first document. */
  long seq() {
    return seq;
  }

  /** The document itself, not a copy. */
  ObjectNode document() {
    return document;
  }

  /** Asks for what follows, where there is something that it follows on. */
  void resume(ObjectNode subscribe) {
    if (isThere()) {
      subscribe.put("after", seq).put("epoch", epoch);
    }
  }

  /** An answer to a subscription brought the document, or the events that were missed. */
  void subscribed(JsonNode message) {
    if (!message.has("events")) {
      take(message);
      return;
    }
    events(message.get("events"));
    if (seq != message.get("seq").longValue()) {
      memory.broken.add(
          Promise.NO_GAP + ": subscribed at " + message.get("seq") + " brought events to " + seq);
    }
  }

  /** The whole document has come. */
  void take(JsonNode message) {
    long now = message.get("seq").longValue();
    if (now < seq && message.get("epoch").stringValue().equals(epoch)) {
      memory.broken.add(Promise.ONE_ORDER + ": went back from " + seq + " to " + now);
    }
    memory.documents++;
    document = (ObjectNode) message.get("document");
    epoch = message.get("epoch").stringValue();
    seq = now;
  }

  /** Events have come, which are to follow on what is here. */
  void events(JsonNode events) {
    for (JsonNode event : events) {
      memory.event(event, seq);
      document = (ObjectNode) MergePatch.apply(document, event.get("patch"));
      seq = event.get("seq").longValue();
    }
  }
}
