package dev.tutti.fanout;

import java.util.List;
import java.util.function.Supplier;

/**
 * One subscription of one connection: how far it has been sent, and whether it takes more. A reader
 * whose socket is full holds this counter and nothing else; when the socket drains it asks its room
 * for what it missed. All methods are called on the connection's event loop.
 *
 * <pre>
 *   WAITING  -- arrive, socket writable -->  LIVE
 *   WAITING  -- arrive, socket full ------>  WAITING  (asks again when the socket drains)
 *   LIVE     -- event, socket full ------->  WAITING
 *   LIVE     -- event behind a gap ------->  WAITING
 *   LIVE     -- restart ------------------>  WAITING  (for the whole document)
 *   any      -- end ---------------------->  ENDED
 * </pre>
 */
public final class Reader {
  /** What a reader holds that must begin anew; and what a whole document may follow. */
  static final long NOTHING = -1;

  private enum State {
    WAITING,
    LIVE,
    ENDED
  }

  /** What a reader needs from its session. */
  public interface Wants {
    /**
     * Ask the room for what follows {@code sent}, or for all if that is negative; {@code joined}
     * says that it has had {@code subscribed}.
     */
    void catchUp(Reader reader, long sent, boolean joined);

    /** The reader is live up to {@code seq}. */
    void arrived(Reader reader, long seq);
  }

  private final Outlet outlet;
  private final Wants wants;

  /** Where it stands in its {@link LoopRoom}'s list; negative while it is not in it. */
  int place = -1;

  private State state = State.WAITING;

  /** True while the room has been asked and has not answered yet. */
  private boolean asked = true;

  /** True once the room's first answer was written. */
  private boolean joined;

  /** The last {@code seq} that was written to the socket, or {@link #NOTHING}. */
  private long sent;

  /** True when a message that may be lost was in fact skipped. */
  private boolean skipped;

  /**
   * A reader whose room is being asked by whoever makes it.
   *
   * @param sent the last {@code seq} that the client holds; 0 for none
   */
  public Reader(Outlet outlet, Wants wants, long sent) {
    this.outlet = outlet;
    this.wants = wants;
    this.sent = sent;
  }

  public Outlet outlet() {
    return outlet;
  }

  /** The last {@code seq} written to the socket. */
  public long sent() {
    return sent;
  }

  /** Whether events flow without being asked for. */
  public boolean live() {
    return state == State.LIVE;
  }

  /** The socket takes more again. */
  public void writable() {
    if (state == State.WAITING && !asked && outlet.writable()) {
      ask();
    } else if (state == State.LIVE && skipped && outlet.writable()) {
      state = State.WAITING;
      ask();
    }
  }

  /** Whether the events {@code first} to {@code last} are written to this reader now. */
  boolean takes(long first, long last) {
    if (state != State.LIVE || last <= sent) {
      return false;
    }
    if (first == sent + 1 && outlet.writable()) {
      sent = last;
      return true;
    }
    missed();
    return false;
  }

  boolean takesPassing() {
    if (state != State.LIVE) {
      return false;
    }
    skipped |= !outlet.writable();
    return outlet.writable();
  }

  /** What was sent belongs to a life of the journal that is over. */
  void restart() {
    sent = NOTHING;
    missed();
  }

  /** Events are missing here, which the room has. */
  void missed() {
    if (state == State.LIVE) {
      state = State.WAITING;
      asked = false;
      writable();
    }
  }

  /**
   * Whether the answer was taken: the reader is live now.
   *
   * @param from the {@code seq} that the answer follows, {@link #NOTHING} for a whole document
   */
  boolean arrive(long from, long seq, Supplier<List<byte[]>> payloads, LoopRoom room) {
    asked = false;
    if (state != State.WAITING || !outlet.writable()) {
      return false;
    }
    if (from != NOTHING && from != sent) {
      // Asked for before a restart, answered after it.
      ask();
      return false;
    }
    for (byte[] payload : payloads.get()) {
      Frame frame = room.frame(outlet.format(), payload, seq);
      try {
        outlet.write(frame);
      } finally {
        frame.release();
      }
    }
    room.touch(outlet);
    sent = seq;
    joined = true;
    skipped = false;
    state = State.LIVE;
    wants.arrived(this, seq);
    return true;
  }

  void end() {
    state = State.ENDED;
  }

  private void ask() {
    asked = true;
    wants.catchUp(this, sent, joined);
  }

  @Override
  public String toString() {
    return "Reader[" + state + " sent=" + sent + "]";
  }
}
