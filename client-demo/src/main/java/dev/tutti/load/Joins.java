package dev.tutti.load;

import java.util.ArrayDeque;

/**
 * One client that joins its room whenever that is due, and leaves it as soon as it has the
 * document. Lives on its client's event loop.
 */
final class Joins implements Source, Due {
  private final LoadClient client;
  private final ArrayDeque<Long> waiting = new ArrayDeque<>();

  /** When the join under way was due, or {@link Scan#NONE}. */
  private long joining = Scan.NONE;

  Joins(LoadClient client) {
    this.client = client;
  }

  @Override
  public Lane lane() {
    return client.lane();
  }

  @Override
  public void due(long dueNanos) {
    client.source(this);
    waiting.add(dueNanos);
    more();
    client.flush();
  }

  @Override
  public void more() {
    if (joining == Scan.NONE && client.windowOpen() && !waiting.isEmpty()) {
      joining = waiting.remove();
      client.subscribe();
    }
  }

  @Override
  public void subscribed() {
    if (joining != Scan.NONE) {
      lane().tally().joined(joining);
      joining = Scan.NONE;
      client.unsubscribe();
    }
  }

  @Override
  public void accepted(long id, long dueNanos) {
    throw new IllegalStateException("a joiner sends no commands");
  }

  @Override
  public void refused(long id, long dueNanos, String code, long retryAfterMillis) {
    lane().tally().refused(code);
    joining = Scan.NONE;
  }

  @Override
  public int waiting() {
    return waiting.size();
  }
}
