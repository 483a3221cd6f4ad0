package dev.tutti.room;

import dev.tutti.fanout.Reader;
import dev.tutti.protocol.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where readers wait while their room is loading or behind one of them. Owned by the room's thread.
 */
final class Lobby {
  /**
   * Beyond so many things that wait for the journal no presence waits with them: unlike joins and
   * requests, there is no end to what one connection may send of it.
   */
  private static final int MAX_ARRIVALS_FOR_PRESENCE = 256;

  private final Audience audience;
  private final Confirmed held;
  private final BooleanSupplier loading;
  private final LongConsumer heard;

  /** What came while loading or behind a client that is ahead; run in order when ready. */
  private final List<Runnable> arrivals = new ArrayList<>();

  /**
   * The lobby of a room.
   *
   * @param heard is told how far a client is that is ahead of the room
   */
  Lobby(Audience audience, Confirmed held, BooleanSupplier loading, LongConsumer heard) {
    this.audience = audience;
    this.held = held;
    this.loading = loading;
    this.heard = heard;
  }

  boolean isEmpty() {
    return arrivals.isEmpty();
  }

  /** The room is ready: lets in who waited. */
  void open() {
    List<Runnable> waiting = List.copyOf(arrivals);
    arrivals.clear();
    waiting.forEach(Runnable::run);
  }

  /** Runs a task at once, or behind those who wait. */
  void whenLoaded(Runnable task) {
    // Nobody overtakes: who leaves must not do so before having come.
    if (loading.getAsBoolean() || !arrivals.isEmpty()) {
      arrivals.add(task);
    } else {
      task.run();
    }
  }

  /** A session subscribes. A client that is ahead of this instance waits until it is level. */
  void join(Member member) {
    whenLoaded(() -> seat(member));
  }

  private void seat(Member member) {
    if (member.after() > held.seq() && member.epoch().equals(held.epoch())) {
      // Once only: what the client says that it holds may not be so.
      arrivals.add(() -> audience.join(member));
      heard.accept(member.after());
    } else {
      audience.join(member);
    }
  }

  /** A member changes its presence; {@code refused} is told when it is too large, or too early. */
  void presence(Reader reader, ObjectNode patch, Consumer<Outcome.Refused> refused) {
    if (arrivals.size() >= MAX_ARRIVALS_FOR_PRESENCE) {
      refused.accept(
          new Outcome.Refused(
              Code.UNAVAILABLE, "The room is not loaded yet. Send your presence again later."));
      return;
    }
    whenLoaded(() -> audience.presence(reader, patch, refused));
  }
}
