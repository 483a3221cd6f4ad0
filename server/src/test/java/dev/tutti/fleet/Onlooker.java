package dev.tutti.fleet;

import dev.tutti.protocol.MergePatch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A member of a room who looks at who else is there, and at what the server says of itself. */
final class Onlooker implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  // Guarded by this.
  private ObjectNode members = JsonNodeFactory.instance.objectNode();
  private boolean degraded;

  Onlooker(int port, String name, String room) {
    socket =
        HTTP.newWebSocketBuilder()
            .subprotocols("tutti.v1.json")
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/ws"), this)
            .join();
    socket.sendText("{\"type\":\"hello\",\"name\":\"%s\"}".formatted(name), true).join();
    socket
        .sendText("{\"type\":\"subscribe\",\"id\":1,\"room\":\"%s\"}".formatted(room), true)
        .join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
    text.append(piece);
    if (last) {
      hear(JSON.readTree(text.toString()));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  private synchronized void hear(JsonNode message) {
    switch (message.path("type").stringValue("")) {
      case "subscribed" -> members = (ObjectNode) message.get("members");
      case "presence" ->
          members =
              message.path("complete").booleanValue(false)
                  ? (ObjectNode) message.get("members")
                  : (ObjectNode) MergePatch.apply(members, message.get("members"));
      case "status" -> degraded = message.get("degraded").booleanValue();
      case "ping" -> socket.sendText("{\"type\":\"pong\"}", true);
      default -> {}
    }
  }

  /** The names of all members, in order; one that is there twice is named twice. */
  synchronized List<String> sees() {
    return members.values().stream()
        .map(member -> member.get("name").stringValue())
        .sorted()
        .toList();
  }

  /** Whether the server has said that it is. */
  synchronized boolean isToldOfTrouble() {
    return degraded;
  }

  /** Goes without a word, as a tab does that is closed. */
  @Override
  public void close() {
    socket.abort();
  }
}
