package dev.tutti.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * A program that posts its readings over HTTP when they are due, with some requests on their way at
 * most; what is due beyond them is counted as unsent. The keys say when a reading was due, as those
 * of commands do. Lives on a lane's event loop.
 */
final class Posts implements Due {
  private static final int OK = 200;

  private final HttpClient http;
  private final Target target;
  private final Lane lane;
  private final URI address;
  private final Readings readings;
  private final int window;
  private int onTheirWay;

  /**
   * @param room a dashboard
   * @param window requests without an answer
   */
  Posts(HttpClient http, Target target, Lane lane, String room, Readings readings, int window) {
    this.http = http;
    this.target = target;
    this.lane = lane;
    this.readings = readings;
    this.window = window;
    String server = target.url().getHost() + ":" + target.url().getPort();
    this.address = URI.create("http://" + server + "/v1/rooms/" + room + "/values");
  }

  @Override
  public Lane lane() {
    return lane;
  }

  @Override
  public void due(long dueNanos) {
    if (onTheirWay >= window) {
      lane.tally().unsent++;
      return;
    }
    onTheirWay++;
    lane.tally().sent++;
    http.sendAsync(request(dueNanos), BodyHandlers.ofString())
        .whenComplete((answer, failure) ->
            lane.loop()
                .execute(() -> {
                  onTheirWay--;
                  if (failure != null) {
                    lane.tally().closed(failure.toString());
                  } else {
                    answered(dueNanos, answer.statusCode(), answer.body());
                  }
                }));
  }

  private void answered(long dueNanos, int status, String body) {
    Tally tally = lane.tally();
    tally.read(body.length());
    if (status == OK) {
      tally.accepted(dueNanos);
    } else {
      String code = Integer.toString(status);
      tally.says(code, body);
      tally.refused(code);
    }
  }

  private HttpRequest request(long dueNanos) {
    String body = readings.get().write(lane.text().add("{")).add("}").toString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key(dueNanos))
            .POST(BodyPublishers.ofString(body));
    if (!target.token().isEmpty()) {
      request.header("Authorization", "Bearer " + target.token());
    }
    return request.build();
  }

  private String key(long dueNanos) {
    Text text = lane.text();
    lane.stamp().write(text, dueNanos);
    return text.toString();
  }
}
