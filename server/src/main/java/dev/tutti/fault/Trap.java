package dev.tutti.fault;

/** Waits for requests that hold certain bytes. Safe on any thread. */
final class Trap {
  /** When the connection is reset. */
  enum Kind {
    /** The request does not pass. */
    REQUEST,
    /** The request passes, its answer does not. */
    ANSWER
  }

  // Guarded by this.
  private Kind kind = Kind.REQUEST;
  private byte[] mark = {};
  private int left;

  synchronized void set(Kind of, byte[] bytes, int times) {
    kind = of;
    mark = bytes;
    left = times;
  }

  synchronized int left() {
    return left;
  }

  /** Whether a request is one that is waited for. A mark across two reads is not seen. */
  synchronized boolean matches(byte[] bytes, int count) {
    return left > 0 && contains(bytes, count);
  }

  /** Whether a request that {@link #matches} is to be cut itself. */
  synchronized boolean springsAtRequest() {
    return kind == Kind.REQUEST && use();
  }

  /** Whether the answer to a request that matched is to be cut. */
  synchronized boolean springsAtAnswer() {
    return kind == Kind.ANSWER && use();
  }

  private boolean use() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  private boolean contains(byte[] bytes, int count) {
    for (int at = 0; at + mark.length <= count; at++) {
      int same = 0;
      while (same < mark.length && bytes[at + same] == mark[same]) {
        same++;
      }
      if (same == mark.length) {
        return true;
      }
    }
    return false;
  }
}
