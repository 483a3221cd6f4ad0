package dev.tutti.verify;

import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.postgres.JournalScan.ScannedEvent;
import dev.tutti.postgres.JournalScan.ScannedRoom;
import dev.tutti.rules.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One room's events put together again, one by one, and held against what else is kept of it. Where
 * old events have been let go, the replay begins at the snapshot that covers them.
 */
final class RoomReplay {
  /** Beyond so many findings a room is broken enough. */
  private static final int MAX_FINDINGS = 5;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ScannedRoom room;
  private final Optional<Document> kept;
  private final List<String> findings = new ArrayList<>();
  private Document document = Document.empty();
  private long seq;
  private long events;

  RoomReplay(ScannedRoom room) {
    this.room = room;
    this.kept = room.snapshot().flatMap(this::read);
  }

  private Optional<Document> read(Snapshot snapshot) {
    try {
      return Optional.of(Document.of((ObjectNode) JSON.readTree(snapshot.document())));
    } catch (JacksonException | ClassCastException | IllegalArgumentException e) {
      find("the snapshot at " + snapshot.seq() + " is no document");
      return Optional.empty();
    }
  }

  /** The next event, by number. */
  void take(ScannedEvent event) {
    if (events == 0) {
      begin(event.seq());
    } else if (event.seq() != seq + 1) {
      find("events " + (seq + 1) + " to " + (event.seq() - 1) + " are missing");
    }
    events++;
    try {
      document = document.apply((ObjectNode) JSON.readTree(event.patch()));
    } catch (JacksonException | ClassCastException | IllegalArgumentException e) {
      find("the patch of event " + event.seq() + " cannot be applied");
    }
    seq = event.seq();
    compare();
  }

  private void begin(long first) {
    if (first == 1) {
      return;
    }
    boolean covered = room.snapshot().filter(snapshot -> snapshot.seq() >= first - 1).isPresent();
    if (!covered) {
      find("events 1 to " + (first - 1) + " are missing, and no snapshot covers them");
    } else if (room.snapshot().orElseThrow().seq() == first - 1) {
      document = kept.orElse(document);
    }
  }

  private void compare() {
    if (room.snapshot().filter(snapshot -> snapshot.seq() == seq).isEmpty()) {
      return;
    }
    if (seq != events) {
      // Replayed from the middle on: the snapshot is all that is known of the beginning.
      document = kept.orElse(document);
    } else if (kept.isPresent() && !kept.get().toJson().equals(document.toJson())) {
      find("the snapshot at " + seq + " is not what the events up to it give");
    }
  }

  /** All events were taken; what is wrong, in sentences. */
  List<String> findings() {
    if (events == 0) {
      seq = room.snapshot().map(Snapshot::seq).orElse(0L);
    }
    if (room.head() != seq) {
      find("the head is " + room.head() + ", and the last event is " + seq);
    }
    room.snapshot()
        .filter(snapshot -> snapshot.seq() > room.head())
        .ifPresent(snapshot -> find("the snapshot is of " + snapshot.seq() + ", beyond the head"));
    return List.copyOf(findings);
  }

  long events() {
    return events;
  }

  private void find(String sentence) {
    if (findings.size() < MAX_FINDINGS) {
      findings.add(sentence);
    }
  }
}
