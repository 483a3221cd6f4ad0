package dev.tutti.session;

import dev.tutti.fanout.Reader;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One room of one session. Holds back the acceptances that the reader's events have not caught up
 * with: a subscribed sender gets its event first. Bounded by the commands in flight.
 */
final class Subscription {
  /** An acceptance that waits for its event. */
  record Held(long id, long seq) {}

  private final Reader reader;
  private final Queue<Held> held = new ArrayDeque<>();

  Subscription(Reader reader) {
    this.reader = reader;
  }

  Reader reader() {
    return reader;
  }

  /** Whether an acceptance has to wait; then it is held. */
  boolean holds(Held acceptance) {
    if (reader.sent() >= acceptance.seq()) {
      return false;
    }
    held.add(acceptance);
    return true;
  }

  /** Whether an acceptance waits. */
  boolean isHolding() {
    return !held.isEmpty();
  }

  /** Lets go of what the reader has caught up with. */
  void release(long seq, Consumer<Held> to) {
    int waiting = held.size();
    for (int i = 0; i < waiting; i++) {
      Held acceptance = held.remove();
      if (acceptance.seq() <= seq) {
        to.accept(acceptance);
      } else {
        held.add(acceptance);
      }
    }
  }
}
