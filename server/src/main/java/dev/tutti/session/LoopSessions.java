package dev.tutti.session;

import dev.tutti.fanout.LoopFanout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The sessions of one event loop. Touched on that loop only, but for {@link #each}, {@link
 * #goodbye} and {@link #count}.
 */
final class LoopSessions {
  private final Executor loop;
  private final LoopFanout fanout;
  private final Set<Swept> sessions = new LinkedHashSet<>();

  /** Complete when, after a good-bye, nobody is left. */
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  private boolean leaving;

  /** How many there are, for other threads to read. */
  private volatile int count;

  LoopSessions(Executor loop, LoopFanout fanout) {
    this.loop = loop;
    this.fanout = fanout;
  }

  /** A connection that is looked at every second. */
  interface Swept {
    /** Sees to pings, deadlines and expiry. */
    void sweep(long nowMillis);

    /**
     * The server is going away: takes nothing more, and says so with {@code retryAfterMillis} once
     * what it took is answered.
     */
    void goodbye(int retryAfterMillis);

    /** Waits for no answer any longer. Only behind {@link #goodbye}. */
    void hurry();
  }

  LoopFanout fanout() {
    return fanout;
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
    each(session -> session.goodbye(returns.nextMillis()));
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
