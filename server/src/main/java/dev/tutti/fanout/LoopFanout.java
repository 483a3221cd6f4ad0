package dev.tutti.fanout;

import dev.tutti.protocol.Codec;
import dev.tutti.protocol.Codecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop's part of the fan-out, and the only way from rooms to the sockets of that loop.
 * What is posted is carried out there in the order of posting, which is what makes every reader see
 * one order: a room posts events, then the answers to their senders, then the next events.
 *
 * <p>Under load what gathers while the loop is busy leaves as one frame per room; when idle,
 * nothing waits. Answers are carried out after all events that were posted before them are written.
 *
 * <p>The queue is bounded for events: past {@link #MAX_QUEUED} an event batch is dropped, its
 * readers see the gap by number and catch up. Answers are bounded by the commands in flight.
 */
public final class LoopFanout {
  private static final Logger log = LoggerFactory.getLogger(LoopFanout.class);

  /** Things waiting for one loop, beyond which event batches are dropped. */
  static final int MAX_QUEUED = 65_536;

  private final Executor loop;
  private final Framing framing;
  private final Codecs codecs;
  private final FanoutCounts counts;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  // Only touched on the loop.
  private final List<LoopRoom> gathered = new ArrayList<>();
  private final List<Runnable> answers = new ArrayList<>();
  private final List<Outlet> touched = new ArrayList<>();

  /** When the first of what has gathered was posted. */
  private long gatheredNanos;

  /** The fan-out of one loop, with counts of its own. */
  public LoopFanout(Executor loop, Framing framing, Codecs codecs) {
    this(loop, framing, codecs, new FanoutCounts());
  }

  /** The fan-out of one loop, which counts together with others. */
  public LoopFanout(Executor loop, Framing framing, Codecs codecs, FanoutCounts counts) {
    this.loop = loop;
    this.framing = framing;
    this.codecs = codecs;
    this.counts = counts;
  }

  FanoutCounts counts() {
    return counts;
  }

  /** Things that wait for this loop. Any thread. */
  public int queued() {
    return queued.get();
  }

  /** Runs on the loop, in order, after all events posted before are written. Any thread. */
  public void answer(Runnable answer) {
    post(() -> answers.add(answer));
  }

  /** Runs on the loop, in order. Any thread. */
  void post(Runnable item) {
    queued.incrementAndGet();
    queue.add(item);
    if (scheduled.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
  }

  /** Whether another event batch still has its place in the queue. */
  boolean hasPlace() {
    return queued.get() < MAX_QUEUED;
  }

  /** The outlet has something to flush when this drain ends. On the loop. */
  public void touch(Outlet outlet) {
    touched.add(outlet);
  }

  Framing framing() {
    return framing;
  }

  Codec codec(Format format) {
    return format.cbor() ? codecs.cbor() : codecs.json();
  }

  /** A room has events that leave when this drain ends. On the loop. */
  void gather(LoopRoom room, long postedNanos) {
    if (gathered.isEmpty()) {
      gatheredNanos = postedNanos;
    }
    gathered.add(room);
  }

  private void drain() {
    scheduled.set(false);
    // What is posted from here on schedules another drain, so that this one ends.
    int items = queued.get();
    for (int i = 0; i < items; i++) {
      Runnable item = queue.poll();
      if (item == null) {
        break;
      }
      queued.decrementAndGet();
      guarded(item);
    }
    boolean delivers = !gathered.isEmpty();
    try {
      gathered.forEach(room -> guarded(room::deliver));
      answers.forEach(LoopFanout::guarded);
      touched.forEach(outlet -> guarded(outlet::flush));
    } finally {
      gathered.clear();
      answers.clear();
      touched.clear();
    }
    if (delivers) {
      counts.latency().since(gatheredNanos);
    }
  }

  /** One that throws must not take the others with it, which are of other rooms and sockets. */
  private static void guarded(Runnable item) {
    try {
      item.run();
    } catch (RuntimeException | StackOverflowError e) {
      failed(e);
    }
  }

  /** Somebody will want to know. */
  static void failed(Throwable e) {
    log.error("A task of the fan-out failed.", e);
  }
}
