package dev.tutti.probe;

import static dev.tutti.probe.Promise.ANSWERED_ONCE;
import static dev.tutti.probe.Promise.EVERYBODY_LEVEL;
import static dev.tutti.probe.Promise.NOTHING_ACCEPTED_IS_LOST;
import static dev.tutti.probe.Promise.NOTHING_HAPPENS_TWICE;
import static dev.tutti.probe.Promise.NO_GAP;
import static dev.tutti.probe.Promise.ONE_ORDER;
import static dev.tutti.probe.Promise.REFUSED_MEANS_NO;

import dev.tutti.protocol.MergePatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A room's whole journal, read over HTTP page by page, and what comes of applying it. */
public final class Replay {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PAGE_EVENTS = 200;

  private final List<JsonNode> events = new ArrayList<>();
  private final Map<UUID, Long> keys = new HashMap<>();
  private final List<String> broken = new ArrayList<>();
  private ObjectNode document = JsonNodeFactory.instance.objectNode();

  private Replay() {}

  /** Reads everything that the room's journal holds now. */
  public static Replay of(int port, String room) throws IOException, InterruptedException {
    Replay replay = new Replay();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (boolean more = true; more; ) {
        URI page =
            URI.create(
                "http://127.0.0.1:%d/v1/rooms/%s/events?after=%d&limit=%d"
                    .formatted(port, room, replay.events.size(), PAGE_EVENTS));
        var answer = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new IOException(answer.body());
        }
        JsonNode read = JSON.readTree(answer.body());
        read.get("events").forEach(replay::add);
        more = read.get("more").booleanValue();
      }
    }
    return replay;
  }

  private void add(JsonNode event) {
    long seq = event.get("seq").longValue();
    if (seq != events.size() + 1) {
      broken.add(NO_GAP + ": the journal has " + seq + " behind " + events.size());
    }
    Long before = keys.put(UUID.fromString(event.get("key").stringValue()), seq);
    if (before != null) {
      broken.add(
          NOTHING_HAPPENS_TWICE + ": the journal has one key at " + before + " and at " + seq);
    }
    events.add(event);
    document = (ObjectNode) MergePatch.apply(document, event.get("patch"));
  }

  /** The number of the last event. */
  public long head() {
    return events.size();
  }

  /** Everything in the journal, in order. */
  public List<JsonNode> events() {
    return List.copyOf(events);
  }

  /** Whether a command with this key happened. */
  public boolean holds(UUID key) {
    return keys.containsKey(key);
  }

  List<String> differences(Memory memory, long seq, ObjectNode held, Optional<String> who) {
    List<String> found = new ArrayList<>(broken);
    found.addAll(memory.broken);
    memory.accepted.forEach((key, at) -> {
      if (!at.equals(keys.get(key))) {
        found.add(
            NOTHING_ACCEPTED_IS_LOST
                + ": "
                + key
                + " was accepted at "
                + at
                + "; the journal has it at "
                + keys.get(key));
      }
    });
    memory.refused.forEach((key, code) -> {
      if (keys.containsKey(key)) {
        found.add(
            REFUSED_MEANS_NO + ": " + key + " was refused as " + code + " and is in the journal");
      }
    });
    for (UUID key : memory.sent) {
      if (!memory.accepted.containsKey(key) && !memory.refused.containsKey(key)) {
        found.add(ANSWERED_ONCE + ": " + key + " was never answered");
      }
    }
    memory.events.forEach((at, event) -> {
      if (at > events.size() || !events.get((int) (at - 1)).equals(event)) {
        found.add(ONE_ORDER + ": event " + at + " is another in the journal");
      }
    });
    if (seq != events.size()) {
      found.add(EVERYBODY_LEVEL + ": stopped at " + seq + " of " + events.size());
    } else if (!held.equals(document)) {
      found.add(EVERYBODY_LEVEL + ": holds another document than the journal makes");
    }
    return found.stream()
        .map(what -> who.map(name -> what + " (" + name + ")").orElse(what))
        .toList();
  }
}
