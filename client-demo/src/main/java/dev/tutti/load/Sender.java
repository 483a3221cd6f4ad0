package dev.tutti.load;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A writer that sends one command after the other: when they are due, or (saturating) as fast as
 * the window allows. Lives on its client's event loop.
 */
final class Sender implements Source, Due {
  /** Commands that may wait for the window to open; over it they are counted as unsent. */
  static final int MAX_WAITING = 1_000_000;

  private static final long PAUSE_MILLIS = 20;

  private final LoadClient client;
  private final Supplier<LoadClient.Command> commands;
  private final ArrayDeque<Long> waiting = new ArrayDeque<>();
  private boolean saturating;
  private boolean paused;

  /**
   * @param commands what it sends, one at a time, on the client's event loop
   */
  Sender(LoadClient client, Supplier<LoadClient.Command> commands) {
    this.client = client;
    this.commands = commands;
  }

  @Override
  public Lane lane() {
    return client.lane();
  }

  /** Keeps the window full from now on. */
  void saturate() {
    client.source(this);
    saturating = true;
    more();
    client.flush();
  }

  /** Sends nothing new; what is due already is still sent and answered. */
  void stop() {
    saturating = false;
  }

  @Override
  public void due(long dueNanos) {
    client.source(this);
    if (waiting.isEmpty() && !paused && client.windowOpen()) {
      send(dueNanos);
      client.flush();
    } else if (waiting.size() < MAX_WAITING) {
      waiting.add(dueNanos);
    } else {
      lane().tally().unsent++;
    }
  }

  @Override
  public void more() {
    while (!paused && client.windowOpen() && (saturating || !waiting.isEmpty())) {
      Long dueNanos = waiting.poll();
      send(dueNanos == null ? Stamp.now() : dueNanos);
    }
  }

  @Override
  public void accepted(long id, long dueNanos) {
    lane().tally().accepted(dueNanos);
  }

  @Override
  public void refused(long id, long dueNanos, String code, long retryAfterMillis) {
    lane().tally().refused(code);
    if (!paused && retryAfterMillis != Scan.NONE) {
      paused = true;
      long wait = Math.max(PAUSE_MILLIS, retryAfterMillis);
      lane().loop().schedule(this::resume, wait, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public int waiting() {
    return waiting.size();
  }

  private void resume() {
    paused = false;
    more();
    client.flush();
  }

  private void send(long dueNanos) {
    client.send(commands.get(), dueNanos);
  }
}
