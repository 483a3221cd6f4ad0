package dev.tutti.load;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that posts batches at its rate, with some requests on their way at most: what is due
 * while they are all out is left out, and counted. A thread of its own.
 */
final class Meter {
  private final Dashboard dashboard;
  private final String widget;
  private final int batch;
  private final Semaphore window;
  private final long everyNanos;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder late = new LongAdder();
  private volatile boolean measuring;
  private volatile boolean stopped;

  Meter(Dashboard dashboard, String widget, int batch, int window, long everyNanos) {
    this.dashboard = dashboard;
    this.widget = widget;
    this.batch = batch;
    this.window = new Semaphore(window);
    this.everyNanos = everyNanos;
  }

  void start() {
    Thread.ofVirtual().name("meter " + widget).start(this::run);
  }

  private void run() {
    long due = System.nanoTime();
    while (!stopped) {
      due += everyNanos;
      long now = System.nanoTime();
      if (due > now) {
        LockSupport.parkNanos(due - now);
      }
      if (window.tryAcquire()) {
        post();
      } else if (measuring) {
        late.add(batch);
      }
    }
  }

  private void post() {
    dashboard
        .post(widget, batch, System.currentTimeMillis())
        .whenComplete((taken, failure) -> {
          window.release();
          if (measuring && !stopped) {
            boolean good = failure == null && taken;
            (good ? accepted : refused).add(good ? batch : 1);
          }
        });
  }

  void measure() {
    measuring = true;
  }

  void stop() {
    stopped = true;
  }

  long accepted() {
    return accepted.sum();
  }

  long refused() {
    return refused.sum();
  }

  /** Readings that were due while all requests were out. */
  long late() {
    return late.sum();
  }
}
