package dev.tutti.load;

import java.util.ArrayDeque;

/**
 * A program that posts its readings over HTTP when they are due, each over a connection that waits
 * for no other answer; what is due beyond the last of them is counted as unsent. The keys say when
 * a reading was due, as those of commands do. Lives on a lane's event loop.
 */
final class Posts implements Due, Source, Post.Listener {
  private static final int OK = 200;

  private final Fleet fleet;
  private final Target target;
  private final LoadClient client;
  private final Lane lane;
  private final Readings readings;
  private final int connections;
  private final byte[] head;
  private final Text body = new Text();
  private final ArrayDeque<Post> idle = new ArrayDeque<>();

  /** What is due and waits for a connection that is being opened. */
  private final ArrayDeque<Long> waiting = new ArrayDeque<>();

  private int opened;
  private int onTheirWay;

  /**
   * @param client whose room, a dashboard, and server they go to
   * @param connections at most
   */
  Posts(Fleet fleet, Target target, LoadClient client, Readings readings, int connections) {
    this.fleet = fleet;
    this.target = target;
    this.client = client;
    this.lane = client.lane();
    this.readings = readings;
    this.connections = connections;
    String server = target.url().getHost() + ":" + target.url().getPort();
    String token =
        target.token().isEmpty() ? "" : "Authorization: Bearer " + target.token() + "\r\n";
    this.head =
        Text.ascii(
            "POST /v1/rooms/%s/values HTTP/1.1\r\nHost: %s\r\n%sContent-Type: application/json\r\n"
                    .formatted(client.plan().room(), server, token)
                + "Idempotency-Key: ");
  }

  @Override
  public Lane lane() {
    return lane;
  }

  @Override
  public void due(long dueNanos) {
    client.source(this);
    Post free = idle.poll();
    if (free != null) {
      send(free, dueNanos);
    } else if (opened < connections) {
      opened++;
      waiting.add(dueNanos);
      Post opening = new Post(lane, this);
      fleet.connect(lane, target, opening, why -> lost(opening, why));
    } else {
      lane.tally().unsent++;
    }
  }

  private void send(Post post, long dueNanos) {
    readings.get().write(body.clear().add("{")).add("}");
    Text request = lane.text().add(head);
    lane.stamp().write(request, dueNanos);
    request.add("\r\nContent-Length: ").add(body.length()).add("\r\n\r\n");
    post.send(request.add(body), dueNanos);
    lane.tally().sent++;
    onTheirWay++;
  }

  @Override
  public void idle(Post post) {
    Long dueNanos = waiting.poll();
    if (dueNanos == null) {
      idle.add(post);
    } else {
      send(post, dueNanos);
    }
  }

  @Override
  public void answered(long dueNanos, int status, String body) {
    onTheirWay--;
    if (status == OK) {
      lane.tally().accepted(dueNanos);
    } else {
      String code = Integer.toString(status);
      lane.tally().says(code, body);
      lane.tally().refused(code);
    }
  }

  @Override
  public void lost(Post post, String why) {
    opened--;
    idle.remove(post);
    if (!why.isEmpty()) {
      lane.tally().closed(why);
    }
  }

  @Override
  public int waiting() {
    return waiting.size() + onTheirWay;
  }

  @Override
  public void more() {}

  @Override
  public void accepted(long id, long dueNanos) {
    throw new IllegalStateException("nothing is sent over the WebSocket");
  }

  @Override
  public void refused(long id, long dueNanos, String code, long retryAfterMillis) {
    throw new IllegalStateException("nothing is sent over the WebSocket");
  }
}
