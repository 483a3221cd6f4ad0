package dev.tutti.transport;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The deadlines of one event loop. One look over the few connections that have a deadline, four
 * times a second, instead of a timer for each: established WebSockets have none and cost nothing
 * here. Used on its loop only.
 */
final class Sweep {
  private static final int LOOK_MILLIS = 250;

  private final EventLoop loop;
  private final Map<Overdue, Long> deadlines = new IdentityHashMap<>();
  private boolean looking;

  /** Something with a deadline. */
  interface Overdue {
    /** The deadline has passed; it is no longer watched. */
    void overdue();
  }

  Sweep(EventLoop loop) {
    this.loop = loop;
  }

  /** Sets the one deadline of {@code who}, in place of the one it had. */
  void watch(Overdue who, int millis) {
    assert loop.inEventLoop();
    deadlines.put(who, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    lookLater();
  }

  void forget(Overdue who) {
    assert loop.inEventLoop();
    deadlines.remove(who);
  }

  private void lookLater() {
    if (!looking && !loop.isShuttingDown()) {
      looking = true;
      loop.schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    looking = false;
    long now = System.nanoTime();
    var overdue = new ArrayList<Overdue>();
    deadlines.forEach((who, deadline) -> {
      if (deadline - now <= 0) {
        overdue.add(who);
      }
    });
    deadlines.keySet().removeAll(overdue);
    overdue.forEach(Overdue::overdue);
    if (!deadlines.isEmpty()) {
      lookLater();
    }
  }
}
