package dev.tutti.session;

import dev.tutti.fanout.LoopFanout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The sessions of one event loop. Touched on that loop only, but for {@link #each} and {@link
 * #count}.
 */
final class LoopSessions {
  private final Executor loop;
  private final LoopFanout fanout;
  private final Set<Swept> sessions = new LinkedHashSet<>();

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

    /** The server is going away. */
    void goodbye(int retryAfterMillis);
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
