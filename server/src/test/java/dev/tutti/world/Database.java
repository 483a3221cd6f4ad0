package dev.tutti.world;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.journal.MemoryJournal;
import dev.tutti.protocol.RoomName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The one journal behind all instances. A failover begins another life of it, which may lack the
 * last events of the one before.
 */
final class Database {
  private static final int ALL = Integer.MAX_VALUE / 2;

  private final Schedule schedule;
  private final Function<String, MemoryJournal> maker;
  private final Map<String, MemoryJournal> lives = new HashMap<>();
  private final Map<UUID, Long> committedMicros = new HashMap<>();
  private final Set<UUID> lostKeys = new HashSet<>();
  private MemoryJournal journal;

  Database(Schedule schedule, Function<String, MemoryJournal> maker) {
    this.schedule = schedule;
    this.maker = maker;
    this.journal = maker.apply("life-1");
    lives.put("life-1", journal);
  }

  MemoryJournal journal() {
    return journal;
  }

  int life() {
    return lives.size();
  }

  Appended append(Batch batch) {
    Appended outcome = journal.append(batch).join();
    if (outcome instanceof Appended.Won) {
      batch.entries().forEach(e -> committedMicros.put(e.key(), schedule.nowMicros()));
    }
    return outcome;
  }

  /** The primary is gone; the one that takes over lacks up to so many events of each room. */
  void failOver(int mostLost) {
    String epoch = "life-" + (lives.size() + 1);
    MemoryJournal next = maker.apply(epoch);
    for (RoomHead room : heads()) {
      long kept = Math.max(0, room.head() - schedule.random().nextInt(mostLost + 1));
      RoomHead made = next.create(room.name()).join();
      List<Entry> entries = journal.readAfter(room.id(), 0, ALL).join();
      entries.stream().filter(e -> e.seq() > kept).forEach(e -> lostKeys.add(e.key()));
      if (kept > 0) {
        next.append(new Batch(epoch, made.id(), 0, entries.subList(0, (int) kept))).join();
      }
      journal
          .opening(room.name(), 0, 1)
          .join()
          .snapshot()
          .filter(s -> s.seq() <= kept)
          .ifPresent(s -> next.save(epoch, made.id(), s).join());
    }
    journal = next;
    lives.put(epoch, next);
  }

  /** All rooms, in the order in which they were made. */
  List<RoomHead> heads() {
    List<RoomHead> heads = new ArrayList<>(journal.list("", "", ALL).join());
    heads.sort(Comparator.comparingLong(RoomHead::id));
    return heads;
  }

  /** All events of a room in the present life. */
  List<Entry> entries(RoomName room) {
    return entries(journal, room);
  }

  /** What one life of the journal has under a number. */
  Optional<Entry> entry(String epoch, RoomName room, long seq) {
    MemoryJournal life = lives.get(epoch);
    if (life == null || seq < 1) {
      return Optional.empty();
    }
    Optional<RoomHead> head = life.find(room).join();
    return head.flatMap(h -> life.readAfter(h.id(), seq - 1, 1).join().stream().findFirst());
  }

  private static List<Entry> entries(MemoryJournal journal, RoomName room) {
    return journal
        .find(room)
        .join()
        .map(head -> journal.readAfter(head.id(), 0, ALL).join())
        .orElse(List.of());
  }

  /** Whether a failover has lost it. */
  boolean lost(UUID key) {
    return lostKeys.contains(key);
  }

  /** When a key was committed for the last time. */
  long committedMicros(UUID key) {
    return committedMicros.getOrDefault(key, Long.MAX_VALUE);
  }
}
