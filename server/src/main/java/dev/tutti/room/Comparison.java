package dev.tutti.room;

import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.protocol.RoomName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares loaded rooms with their heads in the journal, once: with one query for all rooms that
 * exist there as far as they know, one for those that did not exist when they were loaded, and one
 * for the life of the journal. Any thread; rooms are asked and told on their own.
 */
final class Comparison {
  /** Rooms that did not exist, of which one comparison asks: anybody can name any number. */
  private static final int MAX_UNKNOWN = 5_000;

  private final Journal journal;
  private final Map<Long, Room> known = new ConcurrentHashMap<>();
  private final Queue<Room> unknown = new ConcurrentLinkedQueue<>();

  Comparison(Journal journal) {
    this.journal = journal;
  }

  /** Complete when every room was told how far the journal is; fails when that cannot be read. */
  CompletableFuture<Void> of(Collection<Room> rooms) {
    return CompletableFuture.allOf(
            rooms.stream().map(this::sort).toArray(CompletableFuture<?>[]::new))
        .thenCompose(sorted -> known.isEmpty() && unknown.isEmpty() ? nothing() : ask());
  }

  private static CompletableFuture<Void> nothing() {
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> sort(Room room) {
    CompletableFuture<Void> sorted = new CompletableFuture<>();
    room.home()
        .execute(() -> {
          if (room.id() == 0) {
            unknown.add(room);
          } else {
            known.put(room.id(), room);
          }
          sorted.complete(null);
        });
    return sorted;
  }

  private CompletableFuture<Void> ask() {
    // The epoch comes first: a head that is read later may be of a later life, and is then void.
    return journal
        .epoch()
        .thenCompose(epoch -> CompletableFuture.allOf(heads(epoch), found(epoch)));
  }

  private CompletableFuture<Void> heads(String epoch) {
    if (known.isEmpty()) {
      return nothing();
    }
    return journal
        .heads(known.keySet())
        .thenAccept(heads ->
            known.forEach((id, room) -> {
              // One that is not there any more was in a life of the journal that is over.
              long head = heads.getOrDefault(id, 0L);
              room.home().execute(() -> room.head(head, epoch));
            }));
  }

  private CompletableFuture<Void> found(String epoch) {
    if (unknown.isEmpty()) {
      return nothing();
    }
    List<Room> asked = unknown.stream().limit(MAX_UNKNOWN).toList();
    return journal
        .findAll(asked.stream().map(Room::name).toList())
        .thenAccept(found -> {
          Map<RoomName, RoomHead> byName =
              found.stream().collect(Collectors.toMap(RoomHead::name, Function.identity()));
          for (Room room : asked) {
            RoomHead there = byName.get(room.name());
            // It may have heard of events by the relay, in a life of the journal that is over.
            long head = there == null ? 0 : there.head();
            room.home().execute(() -> room.head(head, epoch));
          }
        });
  }
}
