package dev.tutti.world;

import dev.tutti.fanout.Format;
import dev.tutti.fanout.Frame;
import dev.tutti.probe.Promise;
import dev.tutti.protocol.CloseCode;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.session.Connection;
import dev.tutti.session.Gateway;
import dev.tutti.session.Inbound;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket between a client and an instance: in order, with delays, and cut at any moment. What
 * was written leaves when it is flushed, and counts against the write buffer until it has arrived.
 */
final class Wire implements Connection {
  private static final int HIGH_BYTES = 6_000;
  private static final int LOW_BYTES = 3_000;

  /** One reader's answer may be two messages, of which the first may fill the buffer. */
  private static final int FRAMES_PAST_FULL = 2;

  /** What happens at the client's end. */
  interface End {
    void received(Wire wire, byte[] payload);

    void closed(Wire wire);
  }

  private final World world;
  private final Schedule schedule;
  private final SimulatedLoop loop;
  private final End end;
  private final List<byte[]> unflushed = new ArrayList<>();
  private final Queue<byte[]> unread = new ArrayDeque<>();
  private @Nullable Inbound inbound;
  private boolean reading = true;
  private boolean cut;

  /** True once the server has said bye: nothing is taken or written behind it. */
  private boolean closing;

  private boolean full;
  private int buffered;
  private int framesPastFull;
  private long toClientMicros;
  private long toServerMicros;

  Wire(World world, SimulatedLoop loop, Gateway gateway, End end) {
    this.world = world;
    this.schedule = world.schedule();
    this.loop = loop;
    this.end = end;
    loop.execute(() -> inbound = gateway.opened(this));
  }

  // The client's end

  void send(byte[] payload) {
    if (cut) {
      return;
    }
    toServerMicros = Math.max(toServerMicros, schedule.nowMicros() + schedule.micros(100, 3_000));
    schedule.at(
        toServerMicros,
        () -> {
          unread.add(payload);
          loop.execute(this::read);
        });
  }

  private void read() {
    Inbound to = inbound;
    while (reading && !closing && to != null && !unread.isEmpty()) {
      to.received(unread.remove());
    }
  }

  /** Nothing reaches the client for a while. */
  void stall(long micros) {
    toClientMicros = Math.max(toClientMicros, schedule.nowMicros() + micros);
  }

  /** The connection is gone; what was under way to the client never arrives. */
  void cut() {
    if (cut) {
      return;
    }
    cut = true;
    schedule.after(schedule.micros(0, 50_000), () -> loop.execute(this::gone));
    schedule.after(schedule.micros(0, 5_000), () -> end.closed(this));
  }

  private void gone() {
    Inbound to = inbound;
    inbound = null;
    if (to != null) {
      to.closed();
    }
  }

  boolean isCut() {
    return cut;
  }

  // The server's end

  @Override
  public Executor loop() {
    return loop;
  }

  @Override
  public Codec codec() {
    return world.codec();
  }

  @Override
  public Format format() {
    return Format.JSON;
  }

  @Override
  public String remoteAddress() {
    return "127.0.0.1";
  }

  @Override
  public boolean writable() {
    return !full;
  }

  @Override
  public void write(ServerMessage message) {
    put(world.codec().encode(message));
  }

  @Override
  public void write(Frame frame) {
    byte[] payload = ((SimulatedFrame) frame).payload();
    framesPastFull = full ? framesPastFull + 1 : 0;
    if (framesPastFull > FRAMES_PAST_FULL) {
      throw new Broken(Promise.SLOW_READERS_COST_NOTHING, "Frames are written to a full socket.");
    }
    put(payload);
  }

  private void put(byte[] payload) {
    if (closing) {
      return;
    }
    unflushed.add(payload);
    buffered += payload.length;
    setFull(full || buffered > HIGH_BYTES);
  }

  private void setFull(boolean now) {
    if (full != now) {
      full = now;
      loop.execute(() -> {
        Inbound to = inbound;
        if (to != null) {
          to.writabilityChanged();
        }
      });
    }
  }

  @Override
  public void flush() {
    for (byte[] payload : unflushed) {
      toClientMicros = Math.max(toClientMicros, schedule.nowMicros() + schedule.micros(100, 3_000));
      schedule.at(toClientMicros, () -> arrive(payload));
    }
    unflushed.clear();
  }

  private void arrive(byte[] payload) {
    buffered -= payload.length;
    setFull(full && buffered > LOW_BYTES);
    if (!cut) {
      end.received(this, payload);
    }
  }

  @Override
  public void close(CloseCode code, String reason, int retryAfterMillis) {
    if (closing) {
      return;
    }
    world.trace("closed by the server: " + code + " " + reason);
    write(new ServerMessage.Bye(code.code(), reason, code.reconnect(), retryAfterMillis));
    flush();
    closing = true;
    schedule.at(toClientMicros, this::cut);
  }

  @Override
  public void reading(boolean on) {
    reading = on;
    if (on) {
      loop.execute(this::read);
    }
  }
}
