package dev.tutti.room;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.RoomName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Brings entries into the journal as a new room, all or none: under a name of a type that no server
 * has, in small batches that let others pass, and then under its own. What breaks in between leaves
 * nothing that anybody can see; what a crash leaves is taken away by an import an hour later.
 * Completes on any thread.
 */
final class Importer {
  /** No room of this type can be opened. */
  static final String HIDDEN_TYPE = "importing";

  /** After this long no import is still going on: what is there then was left by a crash. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Leftovers that one import takes away. */
  private static final int MAX_SWEPT = 20;

  /** Entries of one append, and characters of their patches. */
  private static final int MAX_BATCH = 200;

  private static final int MAX_BATCH_CHARS = 512 * 1024;

  private final Journal journal;
  private final InstantSource clock;

  Importer(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** The room's last event, or why there is no such room. */
  CompletableFuture<Outcome> bring(RoomName room, Import.Imported imported) {
    return journal
        .find(room)
        .thenCompose(there ->
            there.isPresent()
                ? CompletableFuture.completedFuture(exists())
                : sweep()
                    .thenCompose(swept -> journal.create(hiddenName()))
                    .thenCompose(hidden -> fill(hidden, room, imported)))
        .exceptionally(failure -> unavailable());
  }

  /** Says when it was begun, for whoever finds it after a crash. */
  private RoomName hiddenName() {
    return new RoomName(HIDDEN_TYPE + ":" + clock.millis() + "-" + UUID.randomUUID());
  }

  private CompletableFuture<Void> sweep() {
    long latest = clock.millis() - LONGEST.toMillis();
    return journal
        .list(HIDDEN_TYPE + ":", "", MAX_SWEPT)
        .thenCompose(hidden ->
            CompletableFuture.allOf(
                hidden.stream()
                    .filter(room -> begun(room.name()) < latest)
                    .map(room -> journal.discard(room.id()))
                    .toArray(CompletableFuture[]::new)));
  }

  private static long begun(RoomName hidden) {
    String name = hidden.value().substring(HIDDEN_TYPE.length() + 1);
    return Long.parseLong(name.substring(0, name.indexOf('-')));
  }

  private CompletableFuture<Outcome> fill(
      RoomHead hidden, RoomName room, Import.Imported imported) {
    long last = imported.entries().getLast().seq();
    return imported
        .base()
        .map(base -> journal.begin(hidden.id(), base))
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .thenCompose(begun -> append(hidden.id(), batches(hidden.id(), imported.entries()), 0))
        .thenCompose(all -> journal.rename(hidden.id(), room))
        .thenCompose(named ->
            named
                ? CompletableFuture.<Outcome>completedFuture(new Outcome.Accepted(last))
                : journal.discard(hidden.id()).thenApply(gone -> exists()))
        .exceptionallyCompose(failure ->
            journal
                .discard(hidden.id())
                .handle((gone, again) -> {
                  throw new CompletionException(failure);
                }));
  }

  private CompletableFuture<Void> append(long room, List<Batch> batches, int next) {
    if (next == batches.size()) {
      return CompletableFuture.completedFuture(null);
    }
    return journal
        .append(batches.get(next))
        .thenCompose(outcome ->
            outcome instanceof Appended.Won
                ? append(room, batches, next + 1)
                : CompletableFuture.failedFuture(
                    new IllegalStateException("An append ended " + outcome)));
  }

  private static List<Batch> batches(long room, List<Entry> entries) {
    List<Batch> batches = new ArrayList<>();
    List<Entry> batch = new ArrayList<>();
    int chars = 0;
    for (Entry entry : entries) {
      batch.add(entry);
      chars += entry.patch().length();
      if (batch.size() == MAX_BATCH || chars >= MAX_BATCH_CHARS || entry == entries.getLast()) {
        batches.add(new Batch(room, batch.getFirst().seq() - 1, batch));
        batch = new ArrayList<>();
        chars = 0;
      }
    }
    return batches;
  }

  private static Outcome exists() {
    return new Outcome.Refused(
        Code.RULE, "This room exists already. Import into one that does not.");
  }

  private static Outcome unavailable() {
    return new Outcome.Refused(
        Code.UNAVAILABLE, "The journal took not all of it, so nothing was imported. Try again.");
  }
}
