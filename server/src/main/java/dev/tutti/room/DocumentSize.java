package dev.tutti.room;

import dev.tutti.protocol.Limits;
import dev.tutti.rules.Document;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How large a document is as JSON: an upper bound that grows by each patch, and is measured exactly
 * only when the bound reaches the limit, so that the usual command pays nothing.
 */
final class DocumentSize {
  private final Limits limits;
  private long atMostBytes;

  DocumentSize(Limits limits, long atMostBytes) {
    this.limits = limits;
    this.atMostBytes = atMostBytes;
  }

  DocumentSize copy() {
    return new DocumentSize(limits, atMostBytes);
  }

  /** Counts an event's bytes, or says in a sentence why it is refused. */
  Optional<String> grow(int eventBytes, Document next) {
    if (eventBytes > limits.maxPatchBytes()) {
      return Optional.of(
          "This changes %,d bytes at once; the limit is %,d."
              .formatted(eventBytes, limits.maxPatchBytes()));
    }
    if (atMostBytes + eventBytes > limits.maxDocumentBytes()) {
      long exact = measure(next);
      if (exact > limits.maxDocumentBytes() && exact > atMostBytes) {
        return Optional.of(
            "The room is full: its document may have %,d bytes.".formatted(limits.maxDocumentBytes()));
      }
      atMostBytes = exact;
    } else {
      atMostBytes += eventBytes;
    }
    return Optional.empty();
  }

  /** Counts a patch that is in the journal, and so cannot be refused. */
  void grew(int eventBytes) {
    atMostBytes += eventBytes;
  }

  static long measure(Document document) {
    return document.toJson().toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
