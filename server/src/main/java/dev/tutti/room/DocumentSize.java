package dev.tutti.room;

import dev.tutti.protocol.Limits;
import dev.tutti.rules.Document;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How large a document is as JSON: an upper bound that grows by each patch, so that the usual
 * command pays nothing. When the bound reaches the limit the document is measured once; from then
 * on each patch counts by what it does to the entities that it touches, so that a full room costs
 * its neighbours on the thread no more than an empty one.
 */
final class DocumentSize {
  /** Quotes, colon and comma around a name. */
  private static final int AROUND_NAME_BYTES = 4;

  private final Limits limits;
  private long atMostBytes;

  /** Whether the bound has been measured, and is kept entity by entity. */
  private boolean measured;

  DocumentSize(Limits limits, long atMostBytes) {
    this(limits, atMostBytes, false);
  }

  private DocumentSize(Limits limits, long atMostBytes, boolean measured) {
    this.limits = limits;
    this.atMostBytes = atMostBytes;
    this.measured = measured;
  }

  DocumentSize copy() {
    return new DocumentSize(limits, atMostBytes, measured);
  }

  /** Counts a patch between two documents, or says in a sentence why it is refused. */
  Optional<String> grow(int patchBytes, ObjectNode patch, Document before, Document next) {
    if (patchBytes > limits.maxPatchBytes()) {
      return Optional.of(
          "This changes %s at once; the limit is %s."
              .formatted(Limits.bytes(patchBytes), Limits.bytes(limits.maxPatchBytes())));
    }
    if (!measured && atMostBytes + patchBytes > limits.maxDocumentBytes()) {
      atMostBytes = measure(before);
      measured = true;
    }
    long growth = measured ? growth(patch, before, next) : patchBytes;
    if (measured && growth > 0 && atMostBytes + growth > limits.maxDocumentBytes()) {
      return Optional.of(
          "The room is full: its document may have "
              + Limits.bytes(limits.maxDocumentBytes())
              + ".");
    }
    atMostBytes += growth;
    return Optional.empty();
  }

  /** Counts a patch that is in the journal, and so cannot be refused. */
  void grew(int patchBytes, ObjectNode patch, Document before, Document next) {
    atMostBytes += measured ? growth(patch, before, next) : patchBytes;
  }

  private static long growth(ObjectNode patch, Document before, Document next) {
    long growth = 0;
    for (Map.Entry<String, JsonNode> collection : patch.properties()) {
      String name = collection.getKey();
      if (before.collection(name).isEmpty()) {
        growth += bytes(name) + AROUND_NAME_BYTES;
      }
      for (String id : collection.getValue().propertyNames()) {
        growth += entity(next, name, id) - entity(before, name, id);
      }
    }
    return growth;
  }

  private static long entity(Document document, String collection, String id) {
    return document
        .entity(collection, id)
        .map(entity -> (long) bytes(entity.toString()) + bytes(id) + AROUND_NAME_BYTES)
        .orElse(0L);
  }

  static long measure(Document document) {
    return bytes(document.toJson().toString());
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
