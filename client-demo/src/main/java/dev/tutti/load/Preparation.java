package dev.tutti.load;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Commands that must all be accepted before the run begins, such as a board's columns. What is
 * refused as too fast is sent again; any other refusal ends the preparation. Lives on its client's
 * event loop.
 */
final class Preparation implements Source {
  private static final long PAUSE_MILLIS = 50;

  private final LoadClient client;
  private final Deque<LoadClient.Command> waiting;
  private final Map<Long, LoadClient.Command> sent = new HashMap<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /** Commands that are not accepted yet: waiting, sent, or refused and about to wait again. */
  private int remaining;

  private Preparation(LoadClient client, List<LoadClient.Command> commands) {
    this.client = client;
    this.waiting = new ArrayDeque<>(commands);
    this.remaining = commands.size();
  }

  /** Starts on the client's event loop; any thread. */
  static CompletableFuture<Void> of(LoadClient client, List<LoadClient.Command> commands) {
    Preparation preparation = new Preparation(client, commands);
    client.lane().loop().execute(preparation::start);
    return preparation.done;
  }

  private void start() {
    client.source(this);
    resume();
    finishIfDone();
  }

  private void resume() {
    more();
    client.flush();
  }

  @Override
  public void more() {
    while (!waiting.isEmpty() && client.windowOpen()) {
      LoadClient.Command command = waiting.remove();
      sent.put(client.send(command, Stamp.now()), command);
    }
  }

  @Override
  public void accepted(long id, long dueNanos) {
    sent.remove(id);
    remaining--;
    finishIfDone();
  }

  @Override
  public void refused(long id, long dueNanos, String code, long retryAfterMillis) {
    LoadClient.Command command = sent.remove(id);
    if (!code.equals("too_fast") || command == null) {
      done.completeExceptionally(
          new IOException(
              "a room could not be prepared, "
                  + code
                  + ": "
                  + client.lane().tally().sentences.get(code)));
      return;
    }
    long wait = Math.max(PAUSE_MILLIS, retryAfterMillis);
    Runnable again =
        () -> {
          waiting.addFirst(command);
          resume();
        };
    client.lane().loop().schedule(again, wait, TimeUnit.MILLISECONDS);
  }

  private void finishIfDone() {
    if (remaining == 0) {
      done.complete(null);
    }
  }

  @Override
  public int waiting() {
    return waiting.size();
  }
}
