package dev.tutti.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Entry;
import dev.tutti.postgres.JournalScan;
import dev.tutti.postgres.PostgresJournal;
import dev.tutti.postgres.PostgresSettings;
import dev.tutti.postgres.TestPostgres;
import dev.tutti.protocol.RoomName;
import dev.tutti.verify.Verification;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rooms with a long past, of four types, on a whole server; one type comes in a jar. */
class RetentionTest {
  private static final int EVENTS = 3_000;
  private static final List<String> TYPES = List.of("dashboard", "board", "chat", "diary");

  /** The ways back from the last 500 events are kept, and 1,000 events before the snapshot. */
  private static final int SNAPSHOT = EVENTS + 1 - 500;

  private static final int GONE = SNAPSHOT - 1_000;

  private final PostgresSettings database = TestPostgres.database();

  @Test
  void aDashboardAndARoomTypeThatSaysSoLetGoOfWhatIsOldAndABoardAndAChatOfNothing(
      @TempDir Path folder) throws Exception {
    try (PostgresJournal journal = PostgresJournal.open(database)) {
      for (String type : TYPES) {
        fill(journal, type + ":old", type);
      }
    }
    Map<String, String> settings =
        Map.of(
            "TUTTI_SNAPSHOT_EVERY",
            "10",
            "TUTTI_ROOM_TYPES",
            DiaryRules.packedInto(folder).toString());
    try (Observed server = Observed.over(database, settings)) {
      for (String name : TYPES) {
        String title = "{\"title\":\"New\"}";
        assertThat(server.command(name + ":old", UUID.randomUUID(), name + ".rename", title))
            .isEqualTo(200);
      }
      await().until(() -> server.samples().get("tutti_events_trimmed_total") == 2 * GONE);

      assertThat(first(server, "board:old")).isEqualTo(1);
      assertThat(first(server, "chat:old")).isEqualTo(1);
      assertThat(first(server, "dashboard:old")).isEqualTo(GONE + 1);
      assertThat(first(server, "diary:old")).isEqualTo(GONE + 1);
      JsonNode last = json(server, "dashboard:old/events?before=" + (GONE + 3));
      assertThat(last.get("events")).hasSize(2);
      assertThat(last.get("more").asBoolean()).isFalse();
      comesBack(server);
    }
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (JournalScan scan = JournalScan.open(database)) {
      PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
      boolean agrees = Verification.of(scan, out);
      assertThat(agrees).as(printed.toString(StandardCharsets.UTF_8)).isTrue();
    }
  }

  private static int first(Observed server, String room) throws Exception {
    return json(server, room + "/events?after=0&limit=1").at("/events/0/seq").asInt();
  }

  private static void comesBack(Observed server) throws Exception {
    String file = server.get("/v1/rooms/dashboard:old/export").body();
    HttpRequest request =
        HttpRequest.newBuilder(server.at("/v1/rooms/dashboard:new/import"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(file))
            .build();
    var answer = server.http().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode old = JsonMapper.shared().readTree(file);
    JsonNode back = json(server, "dashboard:new/export");
    assertThat(old.at("/base/seq").asInt()).isEqualTo(SNAPSHOT);
    assertThat(back.get("base")).isEqualTo(old.get("base"));
    assertThat(back.get("events")).hasSize(old.get("events").size() + 1);
    assertThat(back.at("/document/dashboard")).isEqualTo(old.at("/document/dashboard"));
  }

  private static JsonNode json(Observed server, String path) throws Exception {
    return JsonMapper.shared().readTree(server.get("/v1/rooms/" + path).body());
  }

  private static void fill(PostgresJournal journal, String name, String collection) {
    long room = journal.create(new RoomName(name)).join().id();
    Instant longAgo = Instant.now().minus(Duration.ofDays(2));
    for (long after = 0; after < EVENTS; after += 1_000) {
      List<Entry> entries =
          LongStream.rangeClosed(after + 1, after + 1_000)
              .mapToObj(seq -> entry(seq, collection, longAgo))
              .toList();
      assertThat(journal.append(new Batch(room, after, entries)).join())
          .isInstanceOf(Appended.Won.class);
    }
  }

  private static Entry entry(long seq, String collection, Instant at) {
    String patch = "{\"%s\":{\"info\":{\"title\":\"Title %d\"}}}".formatted(collection, seq);
    return new Entry(seq, UUID.randomUUID(), seq, "renamed", "ana", at, patch);
  }
}
