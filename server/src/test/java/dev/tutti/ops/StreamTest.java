package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A reader of server-sent events that goes and comes back, as browsers do by themselves. */
class StreamTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static Observed server;

  @BeforeAll
  static void start() {
    server = Observed.with(Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private record Message(String id, JsonNode data) {}

  /** One stream of a room, read as it comes. */
  private static final class Reading implements AutoCloseable {
    private final Stream<String> stream;
    private final Iterator<String> lines;

    Reading(String room, String lastId) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.at("/v1/rooms/" + room + "/events"))
              .header("Accept", "text/event-stream");
      if (!lastId.isEmpty()) {
        request.header("Last-Event-ID", lastId);
      }
      HttpResponse<Stream<String>> answer =
          server.http().send(request.build(), BodyHandlers.ofLines());
      stream = answer.body();
      lines = stream.iterator();
    }

    Message next() {
      String id = "";
      String line = lines.next();
      while (!line.startsWith("data: ")) {
        id = line.startsWith("id: ") ? line.substring(4) : id;
        line = lines.next();
      }
      return new Message(id, JSON.readTree(line.substring(6)));
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  private static void adds(String room, String column) throws Exception {
    String args = "{\"column\":\"%s\",\"title\":\"%s\"}".formatted(column, column);
    assertThat(server.command(room, UUID.randomUUID(), "column.add", args)).isEqualTo(200);
  }

  @Test
  void whoComesBackWithTheLastIdGetsTheEventsBehindItAndNoDocument() throws Exception {
    String room = "board:streamed";
    adds(room, "c1");
    String last;
    try (Reading reading = new Reading(room, "")) {
      Message subscribed = reading.next();
      assertThat(subscribed.data().has("document")).isTrue();
      adds(room, "c2");
      Message events = reading.next();
      assertThat(events.data().at("/events/0/seq").intValue()).isEqualTo(2);
      assertThat(events.id())
          .isEqualTo(subscribed.data().get("epoch").stringValue() + ":2")
          .isNotEqualTo(subscribed.id());
      last = events.id();
    }
    adds(room, "c3");
    adds(room, "c4");
    try (Reading reading = new Reading(room, last)) {
      Message subscribed = reading.next();
      assertThat(subscribed.data().has("document")).isFalse();
      assertThat(subscribed.data().get("events"))
          .extracting(event -> event.get("seq").intValue())
          .containsExactly(3, 4);
      assertThat(subscribed.id()).endsWith(":4");
    }
  }

  @Test
  void anIdOfAnotherLifeOfTheJournalBringsTheDocument() throws Exception {
    adds("board:elsewhere", "c1");
    try (Reading reading = new Reading("board:elsewhere", "another-life:1")) {
      assertThat(reading.next().data().has("document")).isTrue();
    }
  }
}
