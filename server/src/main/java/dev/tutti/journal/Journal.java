package dev.tutti.journal;

import dev.tutti.protocol.EntityName;
import dev.tutti.protocol.RoomName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * For each room the list of its events. The one truth of the system: an event is real when, and
 * only when, it is in here.
 *
 * <p>All methods return at once. A future fails with {@link JournalException} when the journal can
 * not be reached or read; {@link #append} never fails, its outcome says so. Futures may complete on
 * any thread: a caller hops to its own.
 */
public interface Journal extends AutoCloseable {

  /**
   * Names one unbroken life of the journal. It changes when a tail may have been lost, so that
   * nobody is shown two events under one number.
   */
  CompletableFuture<String> epoch();

  /** A room by name, if anything was ever appended to it or {@link #create} was called. */
  CompletableFuture<Optional<RoomHead>> find(RoomName room);

  /** Those of many rooms that are there, in any order: {@link #find} for all of them at once. */
  CompletableFuture<List<RoomHead>> findAll(Collection<RoomName> rooms);

  /**
   * What a room is loaded from, all of one moment: its head, its latest snapshot, and entries, the
   * oldest first: those behind the snapshot, and the last {@code back} in any case.
   *
   * @param limit entries at most; where there are as many, more may follow them
   */
  CompletableFuture<Opening> opening(RoomName room, int back, int limit);

  /** A room by name, made with head 0 where it does not exist. Safe to call twice, and at once. */
  CompletableFuture<RoomHead> create(RoomName room);

  /**
   * Appends a batch if the journal is still in the batch's {@link Batch#epoch}, the room's head is
   * {@link Batch#after} and none of its keys is known in the room: all or nothing, durably.
   * Completes normally, always.
   */
  CompletableFuture<Appended> append(Batch batch);

  /** Entries with {@code seq > after}, ascending, at most {@code limit}. */
  CompletableFuture<List<Entry>> readAfter(long room, long after, int limit);

  /** The same, together with the life of the journal that they are of. */
  CompletableFuture<Stretch> stretch(long room, long after, int limit);

  /** The last entries with {@code seq < before}, ascending, at most {@code limit}. */
  CompletableFuture<List<Entry>> readBefore(long room, long before, int limit);

  /**
   * The last entries with {@code from <= seq < before} whose patch names an entity, or its
   * collection, ascending, at most {@code limit}. Reads all entries between: the caller bounds how
   * many.
   */
  CompletableFuture<List<Entry>> readTouching(
      long room, EntityName entity, long from, long before, int limit);

  /** Which of the keys are in the room's journal, and where. */
  CompletableFuture<Map<UUID, KnownKey>> known(long room, Collection<UUID> keys);

  /** The heads of many rooms, by id; a room that is not there is left out. */
  CompletableFuture<Map<Long, Long>> heads(Collection<Long> rooms);

  /**
   * Keeps a snapshot, unless a later one is there already, or the journal is in another epoch than
   * the one that it was taken in.
   */
  CompletableFuture<Void> save(String epoch, long room, Snapshot snapshot);

  /**
   * Lets go of a room's oldest entries, and of their keys: of those that are at least {@code
   * behind} before the latest snapshot that is kept here, the ones that come before the first that
   * is not older than {@code before}, and {@value #MAX_TRIMMED} at most. Nothing where the journal
   * is in another epoch. Says how many.
   */
  CompletableFuture<Integer> trim(String epoch, long room, long behind, Instant before);

  /** Entries of one {@link #trim}. */
  int MAX_TRIMMED = 5_000;

  /**
   * Has a room that nobody else knows of, and that has no entries, begin with a snapshot: the next
   * entry has the number behind it.
   */
  CompletableFuture<Void> begin(long room, Snapshot from);

  /**
   * Rooms whose name starts with {@code prefix}, by name, for lists of rooms.
   *
   * @param after only those that come behind this name; empty for all
   */
  CompletableFuture<List<RoomHead>> list(String prefix, String after, int limit);

  /**
   * Gives a room another name; false where a room of that name exists. Nobody else knows of the
   * room until then.
   */
  CompletableFuture<Boolean> rename(long room, RoomName name);

  /** Takes away a room that nobody else knows of, with its entries. */
  CompletableFuture<Void> discard(long room);

  /** Finishes what was begun, then lets go of every resource. */
  @Override
  void close();

  /** A room's id and the {@code seq} of its last event, 0 where there is none. */
  record RoomHead(long id, RoomName name, long head) {}

  /** Where a key was applied, and the digest of the command it was applied for. */
  record KnownKey(long seq, long digest) {}

  /**
   * A room's document after the event {@code seq}.
   *
   * @param document as JSON text
   */
  record Snapshot(long seq, String document) {}
}
