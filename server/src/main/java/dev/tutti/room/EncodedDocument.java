package dev.tutti.room;

import dev.tutti.protocol.Codec;
import dev.tutti.rules.Document;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A room's document at one {@code seq}, encoded when a reader's socket takes it and then at most
 * once for each codec, however many readers there are. Any thread; whoever comes while it is being
 * encoded waits for that.
 */
final class EncodedDocument {
  private final Document document;
  private final long seq;
  private final Map<Codec, byte[]> encoded = new ConcurrentHashMap<>(2);

  EncodedDocument(Document document, long seq) {
    this.document = document;
    this.seq = seq;
  }

  /** The last event that it holds. */
  long seq() {
    return seq;
  }

  byte[] in(Codec codec) {
    return encoded.computeIfAbsent(codec, c -> c.encodeValue(document.toJson()));
  }
}
