package dev.tutti.postgres;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The batches that wait for one lane, first come first served within a room. Any thread puts, the
 * lane takes.
 */
final class Inbox {
  /** Batches that may wait for one lane; one more is answered with unavailable at once. */
  static final int MAX_WAITING_BATCHES = 20_000;

  /** Patch characters that may wait for one lane, so that few large batches are bounded too. */
  static final long MAX_WAITING_CHARS = 64L * 1024 * 1024;

  /** Events that go into one statement; one batch alone may be larger. */
  static final int MAX_STATEMENT_EVENTS = 2_000;

  /** Patch characters that go into one statement; one batch alone may be larger. */
  static final int MAX_STATEMENT_CHARS = 4 * 1024 * 1024;

  /**
   * A batch and who waits for its outcome.
   *
   * @param chars of all its patches
   */
  record Waiting(Batch batch, CompletableFuture<Appended> outcome, long chars) {
    static Waiting of(Batch batch) {
      long chars = 0;
      for (var entry : batch.entries()) {
        chars += entry.patch().length();
      }
      return new Waiting(batch, new CompletableFuture<>(), chars);
    }
  }

  // Guarded by this.
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long waitingChars;
  private boolean closed;

  /** False when it is full or closed. */
  synchronized boolean put(Waiting batch) {
    if (closed
        || waiting.size() >= MAX_WAITING_BATCHES
        || waitingChars + batch.chars() > MAX_WAITING_CHARS) {
      return false;
    }
    waiting.add(batch);
    waitingChars += batch.chars();
    notifyAll();
    return true;
  }

  /**
   * Waits for something to do, then takes what fits one statement: of each room the oldest batch. A
   * room's next batch stays for the next statement, as it builds on this one.
   *
   * @return nothing when it was closed and is empty
   */
  synchronized List<Waiting> take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    var taken = new ArrayList<Waiting>();
    var rooms = new HashSet<Long>();
    int events = 0;
    long chars = 0;
    for (var each = waiting.iterator(); each.hasNext(); ) {
      var next = each.next();
      events += next.batch().entries().size();
      chars += next.chars();
      boolean fits = events <= MAX_STATEMENT_EVENTS && chars <= MAX_STATEMENT_CHARS;
      if (!fits && !taken.isEmpty()) {
        break;
      }
      if (rooms.add(next.batch().room())) {
        taken.add(next);
        each.remove();
        waitingChars -= next.chars();
      } else {
        events -= next.batch().entries().size();
        chars -= next.chars();
      }
    }
    return taken;
  }

  /** Batches that wait. */
  synchronized int size() {
    return waiting.size();
  }

  /** Closes it, and hands out at once all that waits. */
  synchronized List<Waiting> giveUp() {
    close();
    var all = List.copyOf(waiting);
    waiting.clear();
    waitingChars = 0;
    return all;
  }

  /** Takes nothing more in; what waits is still handed out. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
