package dev.tutti.session;

import dev.tutti.fanout.Reader;
import dev.tutti.protocol.RoomName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The rooms of one session: those it is in, and those it is leaving. */
final class Subscriptions {
  private final Map<RoomName, Subscription> present = new HashMap<>();

  /** Those that are given up, until the client is told that nothing more comes. */
  private final Map<RoomName, Subscription> leaving = new HashMap<>();

  int size() {
    return present.size();
  }

  boolean contains(RoomName room) {
    return present.containsKey(room);
  }

  Optional<Subscription> in(RoomName room) {
    return Optional.ofNullable(present.get(room));
  }

  void add(RoomName room, Subscription subscription) {
    present.put(room, subscription);
  }

  /** Gives one up; empty if there is none. It waits to be {@link #left}. */
  Optional<Subscription> leave(RoomName room) {
    Subscription ended = present.remove(room);
    if (ended != null) {
      leaving.put(room, ended);
    }
    return Optional.ofNullable(ended);
  }

  /** Nothing more comes of one that was given up. */
  void left(RoomName room, Subscription ended) {
    leaving.remove(room, ended);
  }

  /** Takes one away that has ended by itself; false if it is another one by now. */
  boolean remove(RoomName room, Subscription ended) {
    return present.remove(room, ended);
  }

  /** Whether an acceptance has to wait for its event; then it is held. */
  boolean holds(RoomName room, Subscription.Held acceptance) {
    @Nullable Subscription here = present.get(room);
    Subscription subscription = here == null ? leaving.get(room) : here;
    return subscription != null && subscription.holds(acceptance);
  }

  /** Whether nothing waits: no acceptance for its event, no farewell for its answer. */
  boolean isSettled() {
    return leaving.isEmpty() && present.values().stream().noneMatch(Subscription::isHolding);
  }

  /** Each that it is in; {@code task} may change them. */
  void each(BiConsumer<RoomName, Subscription> task) {
    Map.copyOf(present).forEach(task);
  }

  /** The one that a reader reads for. */
  void of(Reader reader, BiConsumer<RoomName, Subscription> task) {
    present.forEach((room, subscription) -> {
      if (subscription.reader() == reader) {
        task.accept(room, subscription);
      }
    });
  }

  /** All readers, as they are now. */
  List<Reader> readers() {
    return present.values().stream().map(Subscription::reader).toList();
  }

  void clear() {
    present.clear();
  }
}
