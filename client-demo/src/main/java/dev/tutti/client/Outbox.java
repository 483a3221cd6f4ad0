package dev.tutti.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Commands that have no answer yet, in the order in which they were made, over all rooms. Each is
 * sent once a connection, and again, with its key, on the next one. Many are on their way at once,
 * as many as the server takes. Under the connection's lock.
 */
final class Outbox {
  /** A pause after {@code too_fast} and {@code unavailable} that name none. */
  private static final int HOLD_MILLIS = 500;

  /** Of the requests that the server lets be open; the rest is for others than commands. */
  private static final double SHARE = 0.9;

  /** What is around an order in a message. */
  private static final int AROUND_BYTES = 256;

  /** Hears what became of a command. */
  interface Told {
    /** One of the two is given. */
    void told(String room, Order order, Optional<Long> seq, Optional<Refusal> refusal);
  }

  private static final class Entry {
    final String room;
    final Order order;
    final CompletableFuture<Long> durable;

    /** 0 while it is not on its way. */
    long id;

    Entry(Keeper.Kept kept) {
      this(kept.place().room(), kept.order(), new CompletableFuture<>());
    }

    Entry(String room, Order order, CompletableFuture<Long> durable) {
      this.room = room;
      this.order = order;
      this.durable = durable;
    }
  }

  private Map<Place, Entry> entries = new LinkedHashMap<>();

  /** What users other than this one have waiting; they may come back. */
  private final Map<String, Map<Place, Entry>> others = new HashMap<>();

  /** Whose the entries are; null before anybody is named. */
  private @Nullable String user;

  /** Sent and not answered. */
  private final Map<Long, Entry> flying = new HashMap<>();

  private final Link link;
  private final Keeper keeper;
  private final Told told;
  private final Object lock;
  private final Timer pause;
  private int window = 1;
  private int maxBytes = 65_536;

  /**
   * Rooms that took some of what was on its way and not the rest, and their pauses: one at a time
   * keeps order.
   */
  private final Map<String, Timer> careful = new HashMap<>();

  Outbox(Link link, Keeper keeper, Object lock, Told told) {
    this.link = link;
    this.keeper = keeper;
    this.told = told;
    this.lock = lock;
    this.pause = new Timer(lock);
  }

  int size() {
    return entries.size();
  }

  boolean isAwaiting() {
    return !flying.isEmpty();
  }

  /** The commands of a room, in order. */
  List<Order> of(String room) {
    return entries.values().stream()
        .filter(it -> it.room.equals(room))
        .map(it -> it.order)
        .toList();
  }

  /**
   * Why an order is never sent, if so: it would end the connection, or could not be told apart from
   * another one that waits.
   */
  Optional<Refusal> refuses(String room, Order order) {
    if (entries.containsKey(new Place(room, order.key()))) {
      return Optional.of(new Refusal("key_reused", "A command with this key waits already."));
    }
    int bytes = order.toJson().toString().getBytes(StandardCharsets.UTF_8).length + AROUND_BYTES;
    return bytes > maxBytes
        ? Optional.of(new Refusal("too_large", "This is too large to be sent."))
        : Optional.empty();
  }

  void add(String room, Order order, CompletableFuture<Long> durable) {
    Place place = new Place(room, order.key());
    entries.put(place, new Entry(room, order, durable));
    keeper.added(place, order, user);
    flush();
  }

  /** What earlier processes have left, each of their users for itself. */
  void restore() {
    keeper.kept(kept -> {
      Map<Place, Entry> of =
          kept.user() == null
              ? entries
              : others.computeIfAbsent(kept.user(), any -> new LinkedHashMap<>());
      of.put(kept.place(), new Entry(kept));
    });
  }

  /**
   * From now on it is this user's. What the one before has waiting stays theirs, and stays; what
   * was made before anybody was named is the first one's. Says whether other commands wait now.
   */
  boolean handTo(String now) {
    if (now.equals(user)) {
      return false;
    }
    Map<Place, Entry> before = entries;
    Map<Place, Entry> own = others.remove(now);
    boolean differs = user != null || own != null;
    entries = own == null ? new LinkedHashMap<>() : own;
    if (user == null) {
      entries.putAll(before);
      keeper.named(now);
    } else {
      others.put(user, before);
    }
    user = now;
    return differs;
  }

  void opened(JsonNode limits) {
    window = (int) Math.ceil(SHARE * limits.path("maxInFlight").asInt(64));
    maxBytes = limits.path("maxMessageBytes").asInt(65_536);
    careful.clear();
  }

  /** Nothing sent so far will be answered: the connection is gone. */
  void lost() {
    pause.stop();
    flying.values().forEach(it -> it.id = 0);
    flying.clear();
  }

  /** Nothing is answered any more; what is in the file waits for another process. */
  void abandon() {
    lost();
    Refusal closed = Refusal.offline("The connection was closed before the answer came.");
    others.values().forEach(it -> abandon(it, closed));
    abandon(entries, closed);
  }

  private void abandon(Map<Place, Entry> all, Refusal closed) {
    all.values().forEach(it -> link.later(() -> it.durable.completeExceptionally(closed)));
    all.clear();
  }

  /** Sends what is not sent, in order, as far as window and pace let it. */
  void flush() {
    if (!link.isOpen() || pause.isRunning()) {
      return;
    }
    for (Entry entry : entries.values()) {
      if (flying.size() >= window) {
        return;
      }
      if (entry.id == 0 && !waits(entry.room)) {
        long millis = link.paceMillis();
        if (millis > 0) {
          pause.start(millis, this::flush);
          return;
        }
        send(entry);
      }
    }
  }

  private void send(Entry entry) {
    entry.id = link.nextId();
    flying.put(entry.id, entry);
    if (flying.size() == 1) {
      link.watch();
    }
    ObjectNode message = Link.message("command").put("id", entry.id).put("room", entry.room);
    message.setAll(entry.order.toJson());
    link.write(message);
  }

  /** Whether it was about a command. */
  boolean accepted(long id, long seq) {
    Entry entry = flying.get(id);
    settle(entry, Optional.of(seq), Optional.empty());
    return entry != null;
  }

  /** Its event has come, which is as good as an answer. */
  void confirmed(String room, UUID key, long seq) {
    settle(entries.get(new Place(room, key)), Optional.of(seq), Optional.empty());
  }

  /** Whether it was about a command. */
  boolean refused(long id, Refusal refusal) {
    Entry entry = flying.get(id);
    if (entry == null) {
      return false;
    }
    if (refusal.isNotNow()) {
      hold(entry, refusal);
    } else {
      settle(entry, Optional.empty(), Optional.of(refusal));
    }
    return true;
  }

  /** Not a no: it goes again after a pause, and all behind it in its room. */
  private void hold(Entry from, Refusal refusal) {
    List<Entry> all = new ArrayList<>(entries.values());
    for (Entry entry : all.subList(all.indexOf(from), all.size())) {
      if (entry.room.equals(from.room)) {
        flying.remove(entry.id);
        entry.id = 0;
      }
    }
    careful
        .computeIfAbsent(from.room, any -> new Timer(lock))
        .start(refusal.details().path("retryAfterMillis").asInt(HOLD_MILLIS), this::flush);
  }

  private boolean waits(String room) {
    Timer held = careful.get(room);
    return held != null
        && (held.isRunning() || flying.values().stream().anyMatch(it -> it.room.equals(room)));
  }

  private void settle(@Nullable Entry entry, Optional<Long> seq, Optional<Refusal> refusal) {
    if (entry == null) {
      return;
    }
    Place place = new Place(entry.room, entry.order.key());
    if (entries.remove(place) == null) {
      return;
    }
    flying.remove(entry.id);
    if (entries.isEmpty()) {
      careful.clear();
    }
    keeper.settled(place);
    told.told(entry.room, entry.order, seq, refusal);
    seq.ifPresent(at -> link.later(() -> entry.durable.complete(at)));
    refusal.ifPresent(why -> link.later(() -> entry.durable.completeExceptionally(why)));
  }
}
