package dev.tutti.browser;

import dev.tutti.protocol.MergePatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What the journal has of a room, asked for over HTTP.
 *
 * @param document as the server gives it, at {@code seq}
 * @param events all of them, from the first
 */
record RoomRecord(long seq, JsonNode document, List<JsonNode> events) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PAGE = 200;

  static RoomRecord of(String url, String room) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String address = url + "/v1/rooms/" + room;
      JsonNode state = get(http, address);
      List<JsonNode> events = new ArrayList<>();
      JsonNode page;
      do {
        page = get(http, address + "/events?limit=" + PAGE + "&after=" + events.size());
        page.get("events").forEach(events::add);
      } while (page.get("more").asBoolean());
      return new RoomRecord(state.get("seq").asLong(), state.get("document"), events);
    }
  }

  /** The document, made of the events alone. */
  JsonNode replayed() {
    JsonNode document = JsonNodeFactory.instance.objectNode();
    for (JsonNode event : events) {
      document = MergePatch.apply(document, event.get("patch"));
    }
    return document;
  }

  /** The keys of the events, in their order. */
  List<String> keys() {
    return events.stream().map(event -> event.get("key").asString()).toList();
  }

  private static JsonNode get(HttpClient http, String address)
      throws IOException, InterruptedException {
    var response =
        http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(address + " answered " + response.statusCode());
    }
    return JSON.readTree(response.body());
  }
}
