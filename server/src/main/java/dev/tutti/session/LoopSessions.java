package dev.tutti.session;

import dev.tutti.fanout.LoopFanout;
import dev.tutti.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The sessions of one event loop. Touched on that loop only, but for {@link #each}, {@link
 * #goodbye} and {@link #count}.
 */
final class LoopSessions {
  private final Executor loop;
  private final LoopFanout fanout;
  private final BooleanSupplier degraded;
  private final Set<Swept> sessions = new LinkedHashSet<>();

  /** Complete when, after a good-bye, nobody is left. */
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  private boolean leaving;

  /** How many there are, for other threads to read. */
  private volatile int count;

  LoopSessions(Executor loop, LoopFanout fanout, BooleanSupplier degraded) {
    this.loop = loop;
    this.fanout = fanout;
    this.degraded = degraded;
  }

  /** A connection that is looked at every second. */
  interface Swept {
    /** Sees to pings, deadlines and expiry. */
    void sweep(long nowMillis);

    /**
     * The server is going away: takes nothing more, and says so and when to come back once what it
     * took is answered.
     */
    void goodbye(Returns returns);

    /** Waits for no answer any longer. Only behind {@link #goodbye}. */
    void hurry();

    /** How the server is has changed. */
    void told(ServerMessage.Status status);
  }

  LoopFanout fanout() {
    return fanout;
  }

  /** Whether a new session has to be told that the server is degraded. Any thread. */
  boolean isDegraded() {
    return degraded.getAsBoolean();
  }

  void add(Swept session) {
    sessions.add(session);
    count = sessions.size();
  }

  void remove(Swept session) {
    sessions.remove(session);
    count = sessions.size();
    if (leaving && sessions.isEmpty()) {
      gone.complete(null);
    }
  }

  /** Says good-bye to each; complete when all are gone. Any thread. */
  CompletableFuture<Void> goodbye(Returns returns) {
    each(session -> session.goodbye(returns));
    loop.execute(() -> {
      leaving = true;
      if (sessions.isEmpty()) {
        gone.complete(null);
      }
    });
    return gone;
  }

  /** How many sessions there are. Any thread. */
  int count() {
    return count;
  }

  /** Does something with every session, on the loop. Any thread. */
  void each(Consumer<Swept> task) {
    loop.execute(() -> {
      // A copy, because a session that is closed takes itself out.
      List<Swept> now = new ArrayList<>(sessions);
      now.forEach(task);
    });
  }
}
