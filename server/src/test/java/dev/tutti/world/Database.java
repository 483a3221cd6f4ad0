package dev.tutti.world;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import dev.tutti.journal.Journal.RoomHead;
import dev.tutti.journal.Journal.Snapshot;
import dev.tutti.journal.MemoryJournal;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.RoomName;
import dev.tutti.rules.Document;
import dev.tutti.rules.Retention;
import java.time.Duration;
import java.time.Instant;
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
 * last events of the one before. What rooms let go of is remembered here, for the checks.
 */
final class Database {
  private static final int ALL = Integer.MAX_VALUE / 2;

  /** Between the instance that decided an event and the one that lets go of it. */
  private static final Duration CLOCKS_DIFFER_AT_MOST = Duration.ofMillis(101);

  private final Schedule schedule;
  private final Function<String, MemoryJournal> maker;
  private final Retention retention;
  private final Map<String, Life> lives = new HashMap<>();
  private final Map<Entry, Long> committedMicros = new HashMap<>();
  private final Map<Entry, Long> forgottenMicros = new HashMap<>();
  private final Set<UUID> lostKeys = new HashSet<>();
  private MemoryJournal journal;
  private Life life;

  /**
   * One life of the journal.
   *
   * @param all the events of each room, by its id: the journal itself may have let go of some
   */
  private record Life(MemoryJournal journal, Map<Long, List<Entry>> all) {
    Life(MemoryJournal journal) {
      this(journal, new HashMap<>());
    }

    void keep(long room, List<Entry> entries) {
      all.computeIfAbsent(room, id -> new ArrayList<>()).addAll(entries);
    }

    List<Entry> entries(RoomName room) {
      return journal.find(room).join().map(RoomHead::id).map(all::get).orElse(List.of());
    }
  }

  Database(Schedule schedule, Function<String, MemoryJournal> maker, Retention retention) {
    this.schedule = schedule;
    this.maker = maker;
    this.retention = retention;
    this.journal = maker.apply("life-1");
    this.life = new Life(journal);
    lives.put("life-1", life);
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
      batch.entries().forEach(e -> committedMicros.put(e, schedule.nowMicros()));
      life.keep(batch.room(), batch.entries());
    }
    return outcome;
  }

  /** A room lets go of old events; whether it may forget their keys already is noted. */
  int trim(String epoch, long room, long behind, Instant before) {
    List<Entry> there = journal.readAfter(room, 0, ALL).join();
    int gone = journal.trim(epoch, room, behind, before).join();
    if (!retention.letsGo()) {
      return gone;
    }
    Instant young = schedule.clock(0).instant().minus(retention.age()).plus(CLOCKS_DIFFER_AT_MOST);
    for (Entry entry : there.subList(0, gone)) {
      if (entry.at().isBefore(young)) {
        forgottenMicros.putIfAbsent(entry, schedule.nowMicros());
      }
    }
    return gone;
  }

  /**
   * A room's snapshot is kept, and but for its last event all is gone that is older than {@code
   * age}.
   */
  void letGo(RoomName room, Duration age) {
    List<Entry> all = entries(room);
    if (!all.isEmpty()) {
      long id = journal.find(room).join().orElseThrow().id();
      String epoch = journal.epoch().join();
      journal.save(epoch, id, snapshot(all, all.size())).join();
      trim(epoch, id, 1, schedule.clock(0).instant().minus(age));
    }
  }

  /** The primary is gone; the one that takes over lacks up to so many events of each room. */
  void failOver(int mostLost) {
    String epoch = "life-" + (lives.size() + 1);
    Life next = new Life(maker.apply(epoch));
    for (RoomHead room : heads()) {
      long kept = Math.max(0, room.head() - schedule.random().nextInt(mostLost + 1));
      RoomHead made = next.journal().create(room.name()).join();
      List<Entry> all = entries(room.name());
      all.stream().filter(e -> e.seq() > kept).forEach(e -> lostKeys.add(e.key()));
      next.keep(made.id(), all.subList(0, (int) kept));
      Optional<Snapshot> last = journal.opening(room.name(), 0, 1).join().snapshot();
      replicate(all, room.id(), kept, last, new Heir(epoch, next.journal(), made.id()));
    }
    journal = next.journal();
    life = next;
    lives.put(epoch, next);
  }

  /** The room in the life that follows. */
  private record Heir(String epoch, MemoryJournal journal, long room) {}

  /** What is still there comes over, with a snapshot of what is not, and the last one. */
  private void replicate(List<Entry> all, long room, long kept, Optional<Snapshot> last, Heir to) {
    List<Entry> there = journal.readAfter(room, 0, 1).join();
    long cut = there.isEmpty() ? kept : Math.min(kept, there.getFirst().seq() - 1);
    if (cut > 0) {
      to.journal().begin(to.room(), snapshot(all, cut)).join();
    }
    if (cut < kept) {
      List<Entry> entries = List.copyOf(all.subList((int) cut, (int) kept));
      to.journal().append(new Batch(to.epoch(), to.room(), cut, entries)).join();
    }
    if (last.filter(s -> s.seq() > cut && s.seq() <= kept).isPresent()) {
      to.journal().save(to.epoch(), to.room(), last.get()).join();
    }
  }

  private static Snapshot snapshot(List<Entry> all, long seq) {
    Document document = Document.empty();
    for (Entry entry : all.subList(0, (int) seq)) {
      document = document.apply(EncodedEvent.patch(entry.patch()));
    }
    return new Snapshot(seq, document.toJson().toString());
  }

  /** All rooms, in the order in which they were made. */
  List<RoomHead> heads() {
    List<RoomHead> heads = new ArrayList<>(journal.list("", "", ALL).join());
    heads.sort(Comparator.comparingLong(RoomHead::id));
    return heads;
  }

  /** All events that ever happened in a room in the present life. */
  List<Entry> entries(RoomName room) {
    return life.entries(room);
  }

  /** What one life of the journal has under a number. */
  Optional<Entry> entry(String epoch, RoomName room, long seq) {
    Life of = lives.get(epoch);
    if (of == null || seq < 1) {
      return Optional.empty();
    }
    List<Entry> entries = of.entries(room);
    return seq > entries.size() ? Optional.empty() : Optional.of(entries.get((int) seq - 1));
  }

  /** Whether a failover has lost it. */
  boolean lost(UUID key) {
    return lostKeys.contains(key);
  }

  /** When an event was committed. */
  long committedMicros(Entry entry) {
    return committedMicros.get(entry);
  }

  /** When an event's key was forgotten, if it was old enough for that; else never. */
  long forgottenMicros(Entry entry) {
    return forgottenMicros.getOrDefault(entry, Long.MAX_VALUE);
  }
}
