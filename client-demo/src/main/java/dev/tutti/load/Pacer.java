package dev.tutti.load;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends on time whatever the server does: the n-th command is due at a time fixed beforehand, and
 * its latency counts from then, however late it was really sent. (A generator that waits for
 * answers before it sends would leave out just those commands that a stall delays.)
 */
final class Pacer implements Runnable {
  /** Wakes at most this often; what is due in between is sent a little late, and counted so. */
  private static final long SHORTEST_TICK_NANOS = 200_000;

  private final Lane lane;
  private final List<? extends Due> targets;
  private final double perSecond;
  private final long startNanos;
  private long done;
  private boolean stopped;

  /**
   * @param perSecond over all targets, which take turns
   */
  Pacer(Lane lane, List<? extends Due> targets, double perSecond, long startNanos) {
    this.lane = lane;
    this.targets = targets;
    this.perSecond = perSecond;
    this.startNanos = startNanos;
  }

  @Override
  public void run() {
    if (stopped) {
      return;
    }
    long now = Stamp.now();
    long next = dueAt(done);
    while (next <= now) {
      targets.get((int) (done % targets.size())).due(next);
      done++;
      next = dueAt(done);
    }
    long wait = Math.max(SHORTEST_TICK_NANOS, next - Stamp.now());
    lane.loop().schedule(this, wait, TimeUnit.NANOSECONDS);
  }

  Lane lane() {
    return lane;
  }

  void stop() {
    stopped = true;
  }

  private long dueAt(long n) {
    return startNanos + (long) (n * 1e9 / perSecond);
  }
}
