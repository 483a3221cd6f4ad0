package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.client.Connection;
import dev.tutti.client.Room;
import dev.tutti.client.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Far more readings than anybody could look at, on a whole server. */
class ReadingsBurstTest {
  private static final String ROOM = "dashboard:burst";
  private static final int READINGS = 200;

  /** Of one sender's readings of a series, one in this time becomes an event. */
  private static final Duration PACE = Duration.ofMillis(200);

  @Test
  void aBurstBecomesFewEventsTheLastHasTheLatestAndEachIsAnswered() throws Exception {
    try (Observed server = Observed.with(Map.of());
        Connection meter = Connection.to(server.at("/v1/ws").toString()).name("Meter").connect()) {
      String widget = "{\"widget\":\"w\",\"kind\":\"number\",\"title\":\"W\"}";
      assertThat(server.command(ROOM, UUID.randomUUID(), "widget.add", widget)).isEqualTo(200);
      Room room = meter.room(ROOM);
      room.ready().join();
      long beganNanos = System.nanoTime();
      List<Sent> sent = new ArrayList<>();
      for (int i = 1; i <= READINGS; i++) {
        sent.add(room.send("value.set", Map.of("widget", "w", "value", i)));
      }
      List<Long> answers = sent.stream().map(Sent::join).toList();
      Duration passed = Duration.ofNanos(System.nanoTime() - beganNanos);

      assertThat(answers).as("each was answered, in order").hasSize(READINGS).isSorted();
      JsonNode events =
          JsonMapper.shared()
              .readTree(server.get("/v1/rooms/" + ROOM + "/events?limit=100").body());
      List<Long> values = new ArrayList<>();
      for (JsonNode event : events.get("events")) {
        if (event.get("name").stringValue().equals("value.set")) {
          values.add(event.at("/patch/readings/w/value/value").longValue());
          assertThat(answers).contains(event.get("seq").longValue());
        }
      }
      assertThat(values).as("%d in %s", READINGS, passed).isSorted().doesNotHaveDuplicates();
      assertThat(values).hasSizeLessThanOrEqualTo((int) (passed.toMillis() / PACE.toMillis()) + 2);
      assertThat(values).hasSizeLessThan(READINGS / 4);
      assertThat(values.getLast()).isEqualTo(READINGS);
      assertThat(new HashSet<>(answers)).hasSameSizeAs(values);
      JsonNode document = JsonMapper.shared().readTree(server.get("/v1/rooms/" + ROOM).body());
      assertThat(document.at("/document/readings/w/value/value").intValue()).isEqualTo(READINGS);
    }
  }
}
