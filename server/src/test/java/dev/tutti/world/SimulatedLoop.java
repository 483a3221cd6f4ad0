package dev.tutti.world;

import dev.tutti.probe.Promise;
import dev.tutti.room.Home;

/** An event loop of one instance: runs its tasks one by one, in order, each a little later. */
final class SimulatedLoop implements Home {
  private final World world;
  private final Schedule schedule;
  private long busyUntilMicros;
  private boolean dead;

  SimulatedLoop(World world) {
    this.world = world;
    this.schedule = world.schedule();
  }

  @Override
  public void execute(Runnable task) {
    long pause = schedule.chance(world.weather().pauses()) ? schedule.micros(0, 20_000) : 0;
    busyUntilMicros =
        Math.max(busyUntilMicros, schedule.nowMicros()) + schedule.micros(1, 50) + pause;
    schedule.at(busyUntilMicros, () -> run(task));
  }

  @Override
  public void later(long millis, Runnable task) {
    schedule.after(millis * 1_000, () -> execute(task));
  }

  private void run(Runnable task) {
    if (dead) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      Broken broken = new Broken(Promise.NOTHING_THROWS, e.toString());
      broken.initCause(e);
      throw broken;
    }
  }

  /** The process is gone, and with it all that waited here. */
  void die() {
    dead = true;
  }

  boolean isDead() {
    return dead;
  }
}
