package dev.tutti.room;

import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal.KnownKey;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.Limits;
import dev.tutti.rules.AccessRules;
import dev.tutti.rules.Document;
import dev.tutti.rules.Reversal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The confirmed state of one room on this instance: the document at {@code seq}, and the last
 * events up to it for readers that are a little behind. Owned by the room's thread.
 */
final class Replica {
  /** Keys that are remembered, so that a command sent again need not ask the journal. */
  private static final int MAX_RECENT_KEYS = 1_024;

  private final Recent recent;
  private final Map<UUID, KnownKey> keys = new LinkedHashMap<>();
  private Document document;
  private long seq;
  private DocumentSize size;

  /** Made when somebody asks for it, and no longer good when the document changes. */
  private @Nullable EncodedDocument encoded;

  /** A replica at {@code seq}. */
  Replica(Document document, long seq, Limits limits) {
    this.document = document;
    this.seq = seq;
    this.recent = new Recent(limits.maxCatchUpEvents());
    this.size = new DocumentSize(limits, seq == 0 ? 0 : DocumentSize.measure(document));
  }

  Document document() {
    return document;
  }

  /** The last event that the document holds. */
  long seq() {
    return seq;
  }

  DocumentSize size() {
    return size;
  }

  /** Takes an event that is in the journal; it must be the next one. */
  EncodedEvent apply(Entry entry, ObjectNode patch) {
    EncodedEvent event =
        EncodedEvent.of(
            entry.seq(), entry.name(), entry.by(), entry.at(), entry.key(), entry.patch());
    apply(event, patch);
    remember(entry);
    return event;
  }

  /** Takes an event that is in the journal; it must be the next one. */
  void apply(EncodedEvent event, ObjectNode patch) {
    if (event.seq() != seq + 1) {
      throw new IllegalStateException("Event " + event.seq() + " cannot follow " + seq + ".");
    }
    Document before = document;
    document = before.apply(patch);
    seq = event.seq();
    size.grew(event.json().length, patch, before, document);
    encoded = null;
    recent.add(Reversal.of(event, before, patch));
  }

  /** Takes those of some entries of the journal that are next. */
  Taken take(List<Entry> entries) {
    List<EncodedEvent> events = new ArrayList<>();
    boolean touchesAccess = false;
    for (Entry entry : entries) {
      if (entry.seq() == seq + 1) {
        ObjectNode patch = EncodedEvent.patch(entry.patch());
        touchesAccess |= touchesAccess(patch);
        events.add(apply(entry, patch));
      }
    }
    return new Taken(events, touchesAccess);
  }

  /** Takes those of the events from the relay that {@code follows} calls the very next. */
  Taken takeRelayed(List<EncodedEvent> events, LongPredicate follows) {
    List<EncodedEvent> taken = new ArrayList<>();
    boolean touchesAccess = false;
    for (EncodedEvent event : events) {
      if (follows.test(event.seq())) {
        ObjectNode patch = event.event().patch();
        touchesAccess |= touchesAccess(patch);
        apply(event, patch);
        taken.add(event);
      }
    }
    return new Taken(taken, touchesAccess);
  }

  /** Takes a whole round that is in the journal and was decided on this very state. */
  void confirm(Round round) {
    if (round.after() != seq) {
      throw new IllegalStateException("Decided on " + round.after() + ", not on " + seq + ".");
    }
    document = round.document();
    seq = round.after() + round.entries().size();
    size = round.size();
    encoded = null;
    round.reversals().forEach(recent::add);
    round.entries().forEach(this::remember);
  }

  /** Keeps an event that the document holds already, for readers behind it. While loading. */
  void keep(EncodedEvent event) {
    recent.keep(event);
  }

  void remember(Entry entry) {
    keys.put(entry.key(), new KnownKey(entry.seq(), entry.digest()));
    if (keys.size() > MAX_RECENT_KEYS) {
      keys.remove(keys.keySet().iterator().next());
    }
  }

  /** Where a key was applied, if that was lately; empty says nothing. */
  Optional<KnownKey> recentKey(UUID key) {
    return Optional.ofNullable(keys.get(key));
  }

  /** When the last event happened, if that is at hand. */
  Optional<Instant> changed() {
    return recent.changed();
  }

  /** The events behind {@code after}, if they are still at hand. */
  Optional<List<EncodedEvent>> since(long after) {
    if (after > seq) {
      return Optional.empty();
    }
    if (after == seq) {
      return Optional.of(List.of());
    }
    return recent.since(after);
  }

  /** The way back from an event; empty when it is too old. */
  Optional<Reversal> reversal(long of) {
    return recent.reversal(of);
  }

  /** The oldest document to which the way back is known: what a snapshot is of. */
  Recent.Earlier earlier() {
    return recent.earlier(seq, document);
  }

  /** The {@code seq} of {@link #earlier}. */
  long earliest() {
    return recent.earliest(seq);
  }

  /** The document as it is now, the same for all who ask before it changes. */
  EncodedDocument encoded() {
    EncodedDocument now = encoded;
    if (now == null) {
      now = new EncodedDocument(document, seq);
      encoded = now;
    }
    return now;
  }

  static boolean touchesAccess(ObjectNode patch) {
    return patch.has(AccessRules.COLLECTION);
  }
}
