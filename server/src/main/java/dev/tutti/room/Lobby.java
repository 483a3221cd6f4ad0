package dev.tutti.room;

import dev.tutti.fanout.Reader;
import dev.tutti.protocol.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where readers wait while their room is loading or behind one of them, for as long as a room has
 * patience with its journal. Owned by the room's thread.
 */
final class Lobby {
  /**
   * Beyond so many things that wait for the journal no presence waits with them: unlike joins and
   * requests, there is no end to what one connection may send of it.
   */
  private static final int MAX_ARRIVALS_FOR_PRESENCE = 256;

  /**
   * Arrivals of one room that may be turned away. Whoever waits is a connection or a request, and
   * none waits for longer than the room's patience, so this is met by nobody who means well.
   */
  private static final int MAX_ARRIVALS = 65_536;

  /**
   * Something that waits.
   *
   * @param late is run instead of {@code in} when it has waited for too long
   */
  private record Arrival(long sinceMillis, Runnable in, Runnable late) {}

  private final Audience audience;
  private final Confirmed held;
  private final LongSupplier millis;
  private final BooleanSupplier loading;
  private final LongConsumer heard;

  /** What came while loading or behind a client that is ahead; run in order when ready. */
  private final List<Arrival> arrivals = new ArrayList<>();

  /**
   * The lobby of a room.
   *
   * @param heard is told how far a client is that is ahead of the room
   */
  Lobby(
      Audience audience,
      Confirmed held,
      LongSupplier millis,
      BooleanSupplier loading,
      LongConsumer heard) {
    this.audience = audience;
    this.held = held;
    this.millis = millis;
    this.loading = loading;
    this.heard = heard;
  }

  boolean isEmpty() {
    return arrivals.isEmpty();
  }

  /** The room is ready: lets in who waited. */
  void open() {
    List<Arrival> waiting = List.copyOf(arrivals);
    arrivals.clear();
    waiting.forEach(arrival -> arrival.in().run());
  }

  /** Whoever came before {@code beforeMillis} and still waits is turned away. */
  void losePatience(long beforeMillis) {
    // Those who came first stand first.
    int late = 0;
    while (late < arrivals.size() && arrivals.get(late).sinceMillis() < beforeMillis) {
      late++;
    }
    List<Arrival> first = arrivals.subList(0, late);
    List<Arrival> tired = List.copyOf(first);
    first.clear();
    tired.forEach(arrival -> arrival.late().run());
  }

  /** Asks at once, or behind those who wait; who waits for too long is {@code refused}. */
  void ask(Runnable question, Consumer<Outcome.Refused> refused) {
    if (arrivals.size() >= MAX_ARRIVALS) {
      refused.accept(notNow());
    } else {
      whenLoaded(question, () -> refused.accept(notNow()));
    }
  }

  /**
   * Runs at once, or behind those who wait; instead of waiting for too long it is done as the room
   * is. For what nobody would ask again, and which a connection can do once at a time.
   */
  void anyway(Runnable task) {
    whenLoaded(task, task);
  }

  /** A reader that was seated is behind. It asks once, so it waits for as long as it takes. */
  void catchUp(Reader reader, long sent, boolean joined) {
    whenLoaded(() -> audience.catchUp(reader, sent, joined), () -> catchUp(reader, sent, joined));
  }

  private void whenLoaded(Runnable in, Runnable late) {
    // Nobody overtakes: who leaves must not do so before having come.
    if (loading.getAsBoolean() || !arrivals.isEmpty()) {
      arrivals.add(new Arrival(millis.getAsLong(), in, late));
    } else {
      in.run();
    }
  }

  /** A session subscribes. A client that is ahead of this instance waits until it is level. */
  void join(Member member) {
    ask(() -> seat(member), refusal -> turnAway(member, refusal));
  }

  private void seat(Member member) {
    if (member.after() > held.seq() && member.epoch().equals(held.epoch())) {
      // Once only: what the client says that it holds may not be so.
      arrivals.add(
          new Arrival(
              millis.getAsLong(), () -> audience.join(member), () -> turnAway(member, notNow())));
      heard.accept(member.after());
    } else {
      audience.join(member);
    }
  }

  private static void turnAway(Member member, Outcome.Refused refusal) {
    member.loop().answer(() -> member.seat().refused(refusal));
  }

  private static Outcome.Refused notNow() {
    return new Outcome.Refused(
        Code.UNAVAILABLE,
        "The room cannot be read now, because the journal cannot be reached. Ask again in a"
            + " moment.");
  }

  /** A member changes its presence; {@code refused} is told when it is too large, or too early. */
  void presence(Reader reader, ObjectNode patch, Consumer<Outcome.Refused> refused) {
    if (arrivals.size() >= MAX_ARRIVALS_FOR_PRESENCE) {
      refused.accept(
          new Outcome.Refused(
              Code.UNAVAILABLE, "The room is not loaded yet. Send your presence again later."));
      return;
    }
    ask(() -> audience.presence(reader, patch, refused), refused);
  }
}
