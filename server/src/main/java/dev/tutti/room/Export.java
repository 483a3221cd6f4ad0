package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.journal.JournalException;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.RoomName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A room as one JSON object, piece by piece, so that a journal of any length takes little memory:
 * its document, and all events that led to it; where the first of them are gone, the snapshot that
 * covers them, as {@code base}, and the events behind it. {@link Import} reads it. For one caller
 * at a time.
 */
public final class Export {
  static final String FORMAT = "tutti.room";
  static final int VERSION = 1;

  /** Events of one piece. */
  private static final int PAGE = 50;

  private final Journal journal;
  private final RoomName room;
  private final long id;
  private final EncodedDocument document;
  private final Codec json;
  private final Instant at;

  /** The last event that was put into a piece, or that the base covers. */
  private long sent;

  /** What stands before the next event. */
  private String separator = "";

  private boolean begun;
  private boolean ended;

  Export(
      Journal journal, RoomName room, long id, EncodedDocument document, Codec json, Instant at) {
    this.journal = journal;
    this.room = room;
    this.id = id;
    this.document = document;
    this.json = json;
    this.at = at;
  }

  /**
   * The next piece; empty behind the last. Fails with a {@code JournalException}. Not to be asked
   * for before the one before is there.
   */
  public CompletableFuture<Optional<byte[]>> next() {
    if (ended) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (begun) {
      return page();
    }
    begun = true;
    return journal
        .readAfter(id, 0, 1)
        .thenCompose(first ->
            first.isEmpty() || first.getFirst().seq() > 1
                ? journal.opening(room, 0, 1).thenApply(opening -> begin(opening.snapshot()))
                : CompletableFuture.completedFuture(begin(Optional.empty())));
  }

  private CompletableFuture<Optional<byte[]>> page() {
    int limit = (int) Math.min(PAGE, document.seq() - sent);
    return journal.readAfter(id, sent, limit).thenApply(page -> Optional.of(piece(page)));
  }

  private byte[] piece(List<Entry> page) {
    if (page.isEmpty() || page.getFirst().seq() != sent + 1) {
      throw new JournalException("Events of the room are missing.");
    }
    var out = new ByteArrayOutputStream();
    for (Entry entry : page) {
      write(out, separator);
      separator = ",\n";
      out.writeBytes(
          EncodedEvent.of(
                  entry.seq(), entry.name(), entry.by(), entry.at(), entry.key(), entry.patch())
              .json());
      sent = entry.seq();
    }
    endWhereDone(out);
    return out.toByteArray();
  }

  private void endWhereDone(ByteArrayOutputStream out) {
    if (sent >= document.seq()) {
      ended = true;
      write(out, "]}\n");
    }
  }

  private Optional<byte[]> begin(Optional<Snapshot> base) {
    var out = new ByteArrayOutputStream();
    write(out, "{\"format\":\"" + FORMAT + "\",\"version\":" + VERSION);
    write(out, ",\"room\":\"" + room + "\",\"at\":\"" + at + "\",\"seq\":" + document.seq());
    write(out, ",\n\"document\":");
    out.writeBytes(document.in(json));
    base.ifPresent(snapshot -> {
      sent = snapshot.seq();
      write(out, ",\n\"base\":{\"seq\":" + sent + ",\"document\":");
      write(out, snapshot.document() + "}");
    });
    if (sent > document.seq()) {
      throw new JournalException("The room is further on than what is known of it here.");
    }
    write(out, ",\n\"events\":[\n");
    endWhereDone(out);
    return Optional.of(out.toByteArray());
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
