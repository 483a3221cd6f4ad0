package dev.tutti.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** One client of an example: says what the page says, and compares what it hears. */
final class Conversation implements WebSocket.Listener {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PATIENCE_SECONDS = 10;
  private static final Set<String> LEFT_OUT = Set.of("presence", "signals", "events");

  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  Conversation(HttpClient http, int port) {
    socket =
        http.newWebSocketBuilder()
            .subprotocols("tutti.v1.json")
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/ws"), this)
            .join();
  }

  void say(String message) {
    socket.sendText(message, true).join();
  }

  /** The next message; what an example may leave out is passed over unless it is asked for. */
  JsonNode hear(Expected expected) throws InterruptedException {
    while (true) {
      JsonNode message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("nothing came, but not %s", expected.pattern()).isNotNull();
      boolean leftOut = LEFT_OUT.contains(message.path("type").asString(""));
      boolean fits = expected.mismatch(message).isEmpty();
      if (fits || !leftOut) {
        assertThat(expected.mismatch(message)).as("%s", message).isEmpty();
        return message;
      }
    }
  }

  void end() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      heard.add(JSON.readTree(text.toString()));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    heard.add(JsonNodeFactory.instance.objectNode().put("close", code));
    return null;
  }
}
