package dev.tutti;

import dev.tutti.relay.Relay;
import dev.tutti.room.Rooms;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the loaded rooms with the journal: every few seconds, {@value #TICK_MILLIS} ms apart
 * while the relay is away, and at once when it is back. One comparison at a time, one query for all
 * rooms. Any thread.
 */
final class Healing {
  static final int TICK_MILLIS = 150;

  private static final Logger log = LoggerFactory.getLogger(Healing.class);

  private final Rooms rooms;
  private final Relay relay;
  private final long pauseNanos;
  private final AtomicBoolean running = new AtomicBoolean();

  /** Set when a comparison is due, whatever the time: one that runs may have begun too early. */
  private final AtomicBoolean due = new AtomicBoolean();

  private volatile long endedNanos = System.nanoTime();

  /**
   * @param pause between two comparisons while the relay is connected
   */
  Healing(Rooms rooms, Relay relay, Duration pause) {
    this.rooms = rooms;
    this.relay = relay;
    this.pauseNanos = pause.toNanos();
    relay.onChange(connected -> {
      if (connected) {
        now();
      }
    });
  }

  /** Compares at once, or as soon as the comparison that runs has ended. */
  void now() {
    due.set(true);
    tick();
  }

  /** Compares if it is time. */
  void tick() {
    boolean waited = System.nanoTime() - endedNanos >= pauseNanos;
    if (!(waited || due.get() || !relay.connected()) || !running.compareAndSet(false, true)) {
      return;
    }
    due.set(false);
    rooms
        .heal()
        .whenComplete((done, failure) -> {
          if (failure != null) {
            log.debug("The rooms were not compared: {}", failure.getMessage());
          }
          endedNanos = System.nanoTime();
          running.set(false);
          if (due.get()) {
            tick();
          }
        });
  }
}
