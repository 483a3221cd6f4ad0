package dev.tutti.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;
import org.jspecify.annotations.Nullable;

/** One dashboard over HTTP, and a viewer of it, who sees by a reading when it was sent. */
final class Dashboard implements AutoCloseable {
  /** A reading that is a time: milliseconds since 1970, as it stands in a patch. */
  private static final Pattern SENT = Pattern.compile("\"value\":(\\d{13})\\b");

  private static final Pattern SEQ = Pattern.compile("\\{\"seq\":(\\d+),\"name\"");
  private static final long MAX_NANOS = 60_000_000_000L;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Target target;
  private final String room;
  private final String base;
  private final Histogram seen = new SynchronizedHistogram(MAX_NANOS, 3);
  private final StringBuilder text = new StringBuilder();
  private @Nullable WebSocket viewer;
  private volatile boolean measuring;
  private volatile boolean unbroken = true;
  private volatile long events;
  private long seq = -1;

  Dashboard(Target target, String name) {
    this.target = target;
    this.room = "dashboard:load-" + name;
    this.base = "http://" + target.url().getHost() + ":" + target.url().getPort();
  }

  /** A table, whose rows are the series. */
  void addTable(String widget) throws IOException, InterruptedException {
    String body =
        "{\"key\":\"%s\",\"name\":\"widget.add\",\"args\":{\"widget\":\"%s\",\"kind\":\"table\",\"title\":\"%s\"}}"
            .formatted(UUID.randomUUID(), widget, widget);
    HttpResponse<String> answer = http.send(request("commands", body), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("The dashboard was not made: " + answer.body());
    }
  }

  /** Posts one reading for each of so many series; all are the time. */
  CompletableFuture<Boolean> post(String widget, int series, long millis) {
    StringBuilder body = new StringBuilder("{\"values\":[");
    for (int i = 0; i < series; i++) {
      body.append(i == 0 ? "" : ",").append("{\"widget\":\"").append(widget);
      body.append("\",\"series\":\"s").append(i).append("\",\"value\":").append(millis).append('}');
    }
    return http.sendAsync(
            request("values", body.append("]}").toString()), BodyHandlers.discarding())
        .thenApply(answer -> answer.statusCode() == 200);
  }

  private HttpRequest request(String what, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/v1/rooms/" + room + "/" + what))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (!target.token().isEmpty()) {
      request.header("Authorization", "Bearer " + target.token());
    }
    return request.build();
  }

  /** From now on a viewer looks. */
  void watch() {
    WebSocket socket =
        http.newWebSocketBuilder()
            .subprotocols("tutti.v1.json")
            .buildAsync(URI.create(target.url() + "/v1/ws"), new Viewer())
            .join();
    String who =
        target.token().isEmpty() ? "\"name\":\"load\"" : "\"token\":\"" + target.token() + "\"";
    socket.sendText("{\"type\":\"hello\"," + who + "}", true).join();
    socket.sendText("{\"type\":\"subscribe\",\"id\":1,\"room\":\"" + room + "\"}", true).join();
    viewer = socket;
  }

  void measure() {
    measuring = true;
  }

  long events() {
    return events;
  }

  /** Whether the viewer saw every event, in order. */
  boolean unbroken() {
    return unbroken;
  }

  /** From the sending of a reading to the viewer, in nanoseconds. */
  Histogram seen() {
    return seen;
  }

  private final class Viewer implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        heard(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }

  private void heard(String message) {
    if (!message.startsWith("{\"type\":\"events\"")) {
      return;
    }
    long now = System.currentTimeMillis();
    Matcher numbers = SEQ.matcher(message);
    int count = 0;
    while (numbers.find()) {
      long next = Long.parseLong(numbers.group(1));
      unbroken &= seq < 0 || next == seq + 1;
      seq = next;
      count++;
    }
    if (measuring) {
      events += count;
      Matcher times = SENT.matcher(message);
      while (times.find()) {
        long nanos = Math.max(1, now - Long.parseLong(times.group(1))) * 1_000_000;
        seen.recordValue(Math.min(nanos, MAX_NANOS));
      }
    }
  }

  @Override
  public void close() {
    WebSocket socket = viewer;
    if (socket != null) {
      socket.abort();
    }
    http.shutdownNow();
  }
}
