package dev.tutti.fanout;

import dev.tutti.protocol.Codec;
import dev.tutti.protocol.EncodedEvent;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One room's readers on one event loop. The public methods are called by the room on its own thread
 * and post to the loop; all state is touched on the loop only.
 */
public final class LoopRoom {
  /** Payload bytes after which a frame is closed and the next one begun. */
  private static final int MAX_FRAME_BYTES = 128 * 1024;

  private final LoopFanout loop;
  private final RoomName room;

  /** True from the first batch that found no place until the readers know. */
  private final AtomicBoolean dropped = new AtomicBoolean();

  // Only touched on the loop.
  private final List<Reader> readers = new ArrayList<>();
  private final List<EncodedEvent> waiting = new ArrayList<>();
  private String epoch = "";

  /** A room's readers on a loop; there are none yet. */
  public LoopRoom(LoopFanout loop, RoomName room) {
    this.loop = loop;
    this.room = room;
  }

  /** Delivers consecutive events to every reader. */
  public void events(List<EncodedEvent> events) {
    if (loop.hasPlace()) {
      long postedNanos = System.nanoTime();
      loop.post(() -> gather(events, postedNanos));
      return;
    }
    loop.counts().dropped().increment();
    if (dropped.compareAndSet(false, true)) {
      // Perhaps no further event comes that would show the gap.
      loop.post(this::missed);
    }
  }

  private void missed() {
    dropped.set(false);
    deliver();
    List.copyOf(readers).forEach(Reader::missed);
  }

  /** Delivers a message that may be lost to every reader that can take it now. */
  public void passing(ServerMessage message) {
    if (loop.hasPlace()) {
      loop.post(() -> deliverPassing(message));
    }
  }

  /**
   * Brings one reader to {@code seq} with messages of its own, and makes it live from there.
   *
   * @param life the life of the journal that the room is of, until its readers restart
   * @param from the {@code seq} that the messages follow; negative when they hold the whole
   *     document
   * @param payloads messages in the reader's codec: {@code subscribed}, {@code events}, {@code
   *     reset}, {@code presence}. Asked for on the loop, and only when the socket takes them, so
   *     that what waits for a full socket is a question and not a document
   */
  public void bring(
      Reader reader, String life, long from, long seq, Supplier<List<byte[]>> payloads) {
    loop.post(() -> {
      deliver();
      epoch = life;
      if (reader.arrive(from, seq, payloads, this)) {
        add(reader);
      }
    });
  }

  /** What every reader holds is void: each asks for the whole document. */
  public void restart() {
    loop.post(() -> {
      deliver();
      List.copyOf(readers).forEach(Reader::restart);
    });
  }

  /** Takes a reader out, then runs {@code after} on the loop. */
  public void remove(Reader reader, Runnable after) {
    loop.post(() -> {
      deliver();
      drop(reader);
      after.run();
    });
  }

  private void gather(List<EncodedEvent> events, long postedNanos) {
    if (waiting.isEmpty()) {
      loop.gather(this, postedNanos);
    }
    waiting.addAll(events);
  }

  /** Writes what has gathered to every reader, as few frames, each made once per format. */
  void deliver() {
    try {
      deliver(waiting);
    } finally {
      // Else the room would never be gathered again.
      waiting.clear();
    }
  }

  private void deliver(List<EncodedEvent> events) {
    int from = 0;
    int bytes = 0;
    for (int i = 0; i < events.size(); i++) {
      bytes += events.get(i).json().length;
      boolean gap = i + 1 < events.size() && events.get(i + 1).seq() != events.get(i).seq() + 1;
      if (bytes >= MAX_FRAME_BYTES || gap || i + 1 == events.size()) {
        write(events.subList(from, i + 1));
        from = i + 1;
        bytes = 0;
      }
    }
  }

  private void write(List<EncodedEvent> events) {
    long first = events.getFirst().seq();
    long last = events.getLast().seq();
    Map<Format, Frame> frames = new EnumMap<>(Format.class);
    int written = 0;
    int skipped = 0;
    try {
      for (Reader reader : readers) {
        boolean live = reader.live();
        if (reader.takes(first, last)) {
          if (given(reader.outlet(), frames, f -> frame(f, events, last))) {
            written++;
          } else {
            // It counts what it did not get.
            reader.restart();
          }
        } else if (live && !reader.live()) {
          skipped++;
        }
      }
    } finally {
      frames.values().forEach(Frame::release);
    }
    loop.counts().frames().add(written);
    loop.counts().skipped().add(skipped);
  }

  private void deliverPassing(ServerMessage message) {
    deliver();
    Map<Format, Frame> frames = new EnumMap<>(Format.class);
    try {
      for (Reader reader : readers) {
        if (reader.takesPassing()) {
          given(
              reader.outlet(),
              frames,
              f -> loop.framing().frame(f, loop.codec(f).encode(message), ""));
        }
      }
    } finally {
      frames.values().forEach(Frame::release);
    }
  }

  /** Whether a socket took its frame; one that fails must not take the others with it. */
  private boolean given(Outlet outlet, Map<Format, Frame> frames, Function<Format, Frame> framing) {
    try {
      outlet.write(frames.computeIfAbsent(outlet.format(), framing));
      loop.touch(outlet);
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      LoopFanout.failed(e);
      return false;
    }
  }

  private Frame frame(Format format, List<EncodedEvent> events, long last) {
    return frame(format, encode(loop.codec(format), room, events), last);
  }

  /** A message that leads to {@code seq}, by which a reader of server-sent events can resume. */
  Frame frame(Format format, byte[] payload, long seq) {
    String id = format == Format.SSE && seq > 0 ? epoch + ":" + seq : "";
    return loop.framing().frame(format, payload, id);
  }

  /** What was written to the outlet leaves soon. */
  void touch(Outlet outlet) {
    loop.touch(outlet);
  }

  /** The {@code events} message. */
  public static byte[] encode(Codec codec, RoomName room, List<EncodedEvent> events) {
    List<byte[]> encoded =
        events.stream().map(e -> codec.binary() ? e.cbor(codec) : e.json()).toList();
    return codec
        .splice()
        .field("type", "events")
        .field("room", room)
        .list("events", encoded)
        .done();
  }

  private void add(Reader reader) {
    if (reader.place < 0) {
      reader.place = readers.size();
      readers.add(reader);
    }
  }

  private void drop(Reader reader) {
    reader.end();
    if (reader.place >= 0) {
      Reader last = readers.removeLast();
      if (last != reader) {
        readers.set(reader.place, last);
        last.place = reader.place;
      }
      reader.place = -1;
    }
  }
}
