package dev.tutti.journal;

import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.EntityName;
import dev.tutti.protocol.RoomName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A journal that lives as long as its object, for tests and for the simulation. It passes the same
 * contract suite as the one in PostgreSQL.
 *
 * <p>Every future that it returns is complete already, so with one thread a run is deterministic. A
 * simulation wraps it to delay, lose or blur outcomes: several wrappers around one object are
 * several instances over one database. Safe for many threads.
 */
public class MemoryJournal implements Journal {
  private final String epoch;

  // All below is guarded by this.
  private final List<Room> rooms = new ArrayList<>();
  private final TreeMap<String, Room> byName = new TreeMap<>();
  private boolean closed;

  public MemoryJournal() {
    this("memory");
  }

  /**
   * @param epoch what {@link #epoch()} answers
   */
  public MemoryJournal(String epoch) {
    this.epoch = epoch;
  }

  @Override
  public synchronized CompletableFuture<String> epoch() {
    return answer(() -> epoch);
  }

  @Override
  public synchronized CompletableFuture<Optional<RoomHead>> find(RoomName name) {
    return answer(() -> Optional.ofNullable(byName.get(name.value())).map(Room::asHead));
  }

  @Override
  public synchronized CompletableFuture<List<RoomHead>> findAll(Collection<RoomName> names) {
    return answer(() ->
        names.stream()
            .map(name -> byName.get(name.value()))
            .filter(Objects::nonNull)
            .map(Room::asHead)
            .toList());
  }

  @Override
  public synchronized CompletableFuture<Opening> opening(RoomName name, int back, int limit) {
    return answer(() ->
        Optional.ofNullable(byName.get(name.value()))
            .map(room -> opening(room, back, limit))
            .orElseGet(() -> new Opening(epoch, Optional.empty(), Optional.empty(), List.of())));
  }

  private Opening opening(Room room, int back, int limit) {
    long covered = room.snapshot.map(Snapshot::seq).orElse(0L);
    long after = Math.max(0, Math.min(covered, room.head() - back));
    List<Entry> entries = behind(room.id, after, limit);
    return new Opening(epoch, Optional.of(room.asHead()), room.snapshot, entries);
  }

  @Override
  public synchronized CompletableFuture<RoomHead> create(RoomName name) {
    return answer(() -> byName.computeIfAbsent(name.value(), added -> add(name)).asHead());
  }

  private Room add(RoomName name) {
    var room = new Room(rooms.size() + 1, name);
    rooms.add(room);
    return room;
  }

  @Override
  public synchronized CompletableFuture<Appended> append(Batch batch) {
    if (closed) {
      return CompletableFuture.completedFuture(new Appended.Unavailable(closedJournal()));
    }
    var room = room(batch.room());
    if (room == null || !batch.belongsTo(epoch) || isKnown(room.keys.keySet(), batch)) {
      return CompletableFuture.completedFuture(new Appended.Lost());
    }
    return CompletableFuture.completedFuture(room.append(batch));
  }

  /** Whether one of a batch's keys is in the room already. */
  boolean isKnown(Set<UUID> keys, Batch batch) {
    return batch.entries().stream().anyMatch(entry -> keys.contains(entry.key()));
  }

  @Override
  public synchronized CompletableFuture<List<Entry>> readAfter(long id, long after, int limit) {
    return answer(() -> behind(id, after, limit));
  }

  @Override
  public synchronized CompletableFuture<Stretch> stretch(long id, long after, int limit) {
    return answer(() -> new Stretch(epoch, behind(id, after, limit)));
  }

  @Override
  public synchronized CompletableFuture<List<Entry>> readBefore(long id, long before, int limit) {
    return answer(() -> {
      var room = room(id);
      long end = room == null ? 0 : Math.min(before - 1, room.head());
      return slice(id, end - limit, end);
    });
  }

  @Override
  public synchronized CompletableFuture<List<Entry>> readTouching(
      long id, EntityName entity, long from, long before, int limit) {
    return answer(() -> {
      var touching =
          slice(id, from - 1, before - 1).stream().filter(e -> touches(e, entity)).toList();
      return touching.subList(Math.max(0, touching.size() - limit), touching.size());
    });
  }

  private static boolean touches(Entry entry, EntityName entity) {
    ObjectNode patch = EncodedEvent.patch(entry.patch());
    String id = entity.id();
    return id == null ? patch.has(entity.collection()) : patch.path(entity.collection()).has(id);
  }

  private List<Entry> behind(long id, long after, int limit) {
    var room = room(id);
    long from = room == null ? after : Math.max(after, room.cut);
    return slice(id, from, from + limit);
  }

  /** Entries with {@code after < seq <= last}, as far as they are there. */
  private List<Entry> slice(long id, long after, long last) {
    var room = room(id);
    if (room == null) {
      return List.of();
    }
    int from = Math.clamp(after - room.cut, 0, room.entries.size());
    int to = Math.clamp(last - room.cut, from, room.entries.size());
    return List.copyOf(room.entries.subList(from, to));
  }

  @Override
  public synchronized CompletableFuture<Map<UUID, KnownKey>> known(long id, Collection<UUID> keys) {
    return answer(() -> {
      var found = new HashMap<UUID, KnownKey>();
      var room = room(id);
      for (UUID key : keys) {
        var known = room == null ? null : room.keys.get(key);
        if (known != null) {
          found.put(key, known);
        }
      }
      return Map.copyOf(found);
    });
  }

  @Override
  public synchronized CompletableFuture<Map<Long, Long>> heads(Collection<Long> ids) {
    return answer(() -> {
      var heads = new HashMap<Long, Long>();
      for (Long id : ids) {
        var room = room(id);
        if (room != null) {
          heads.put(id, room.head());
        }
      }
      return Map.copyOf(heads);
    });
  }

  @Override
  public synchronized CompletableFuture<Void> save(String of, long id, Snapshot snapshot) {
    if (closed) {
      return CompletableFuture.failedFuture(closedJournal());
    }
    var room = room(id);
    if (room != null
        && of.equals(epoch)
        && room.snapshot.map(Snapshot::seq).orElse(-1L) < snapshot.seq()) {
      room.snapshot = Optional.of(snapshot);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<Integer> trim(
      String of, long id, long behind, Instant before) {
    return answer(() -> {
      var room = room(id);
      return room == null || !of.equals(epoch) ? 0 : room.trim(behind, before);
    });
  }

  @Override
  public synchronized CompletableFuture<Void> begin(long id, Snapshot from) {
    var room = room(id);
    if (room != null && room.head() == 0) {
      room.cut = from.seq();
      room.snapshot = Optional.of(from);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletableFuture<List<RoomHead>> list(
      String prefix, String after, int limit) {
    return answer(() ->
        byName.tailMap(prefix, true).entrySet().stream()
            .dropWhile(named -> named.getKey().compareTo(after) <= 0)
            .takeWhile(named -> named.getKey().startsWith(prefix))
            .limit(limit)
            .map(named -> named.getValue().asHead())
            .toList());
  }

  @Override
  public synchronized CompletableFuture<Boolean> rename(long id, RoomName name) {
    return answer(() -> {
      var room = room(id);
      if (room == null || byName.containsKey(name.value())) {
        return false;
      }
      byName.remove(room.name.value());
      room.name = name;
      byName.put(name.value(), room);
      return true;
    });
  }

  @Override
  public synchronized CompletableFuture<Void> discard(long id) {
    var room = room(id);
    if (room != null) {
      byName.remove(room.name.value());
      room.entries.clear();
      room.keys.clear();
      room.snapshot = Optional.empty();
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private @Nullable Room room(long id) {
    return id >= 1 && id <= rooms.size() ? rooms.get((int) id - 1) : null;
  }

  private <T> CompletableFuture<T> answer(Supplier<T> read) {
    return closed
        ? CompletableFuture.failedFuture(closedJournal())
        : CompletableFuture.completedFuture(read.get());
  }

  private static JournalException closedJournal() {
    return new JournalException("The journal is closed.");
  }

  /** One room's events. Guarded by the journal. */
  private static final class Room {
    final long id;
    RoomName name;
    final List<Entry> entries = new ArrayList<>();
    final Map<UUID, KnownKey> keys = new HashMap<>();
    Optional<Snapshot> snapshot = Optional.empty();

    /** The last entry that was let go of; the first of {@code entries} is behind it. */
    long cut;

    Room(long id, RoomName name) {
      this.id = id;
      this.name = name;
    }

    long head() {
      return cut + entries.size();
    }

    int trim(long behind, Instant before) {
      long last = snapshot.map(Snapshot::seq).orElse(0L) - behind;
      int most = Math.clamp(last - cut, 0, Math.min(MAX_TRIMMED, entries.size()));
      int count = 0;
      while (count < most && entries.get(count).at().isBefore(before)) {
        keys.remove(entries.get(count).key());
        count++;
      }
      entries.subList(0, count).clear();
      cut += count;
      return count;
    }

    RoomHead asHead() {
      return new RoomHead(id, name, head());
    }

    Appended append(Batch batch) {
      if (batch.after() != head()) {
        return new Appended.Lost();
      }
      if (!isStorable(batch)) {
        return new Appended.Unavailable(new JournalException("The journal refused the batch."));
      }
      for (Entry entry : batch.entries()) {
        entries.add(cutToMicros(entry));
        keys.put(entry.key(), new KnownKey(entry.seq(), entry.digest()));
      }
      return new Appended.Won();
    }

    /** What a database would refuse: a key twice, a number out of order, the character U+0000. */
    private static boolean isStorable(Batch batch) {
      Set<UUID> seen = new HashSet<>();
      long seq = batch.after();
      for (Entry entry : batch.entries()) {
        seq++;
        boolean hasZero =
            entry.patch().indexOf('\0') >= 0
                || entry.name().indexOf('\0') >= 0
                || entry.by().indexOf('\0') >= 0;
        if (entry.seq() != seq || !seen.add(entry.key()) || hasZero) {
          return false;
        }
      }
      return true;
    }

    private static Entry cutToMicros(Entry entry) {
      return new Entry(
          entry.seq(),
          entry.key(),
          entry.digest(),
          entry.name(),
          entry.by(),
          entry.at().truncatedTo(ChronoUnit.MICROS),
          entry.patch());
    }
  }
}
