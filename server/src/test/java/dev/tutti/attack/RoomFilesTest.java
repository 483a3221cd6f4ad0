package dev.tutti.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.auth.Grants;
import dev.tutti.auth.Secret;
import dev.tutti.auth.TokenRules;
import dev.tutti.auth.Tokens;
import dev.tutti.protocol.MergePatch;
import dev.tutti.protocol.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rooms that leave as a file and come back, and files that somebody has had in their hands. */
class RoomFilesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Attacked attacked;
  private static String exported = "";

  @BeforeAll
  static void aRoomWithALongPast() throws Exception {
    attacked = Attacked.with(Map.of());
    command("room.create", "{\"title\":\"Old\"}");
    command("column.add", "{\"column\":\"todo\",\"title\":\"To do\"}");
    for (int i = 0; i < 60; i++) {
      command(
          "ticket.add", "{\"ticket\":\"t%d\",\"column\":\"todo\",\"title\":\"T\"}".formatted(i));
    }
    command("comment.add", "{\"ticket\":\"t1\",\"text\":\"Words ä 😀\"}");
    command("ticket.label", "{\"ticket\":\"t1\",\"label\":\"bug\"}");
    command("ticket.check.add", "{\"ticket\":\"t1\",\"text\":\"First\"}");
    command("ticket.assign", "{\"ticket\":\"t1\",\"user\":\"bo\"}");
    command("ticket.due", "{\"ticket\":\"t1\",\"date\":\"2027-01-02\"}");
    command("ticket.archive", "{\"ticket\":\"t2\"}");
    exported = get("board:old/export").body();
  }

  @AfterAll
  static void stop() {
    attacked.close();
  }

  @Test
  void whatComesBackIsTheSameDocumentWithTheSamePast() throws Exception {
    assertThat(importInto("board:new", exported).statusCode()).isEqualTo(200);
    JsonNode old = JSON.readTree(exported);
    JsonNode back = JSON.readTree(get("board:new/export").body());
    ObjectNode document = (ObjectNode) back.get("document");
    JsonNode mark = document.remove("imported");
    assertThat(document).isEqualTo(old.get("document"));
    assertThat(mark.at("/history/by").stringValue()).isEqualTo("ana");
    assertThat(mark.at("/history/room").stringValue()).isEqualTo("board:old");
    long events = old.get("seq").longValue();
    assertThat(back.get("seq").longValue()).isEqualTo(events + 1);
    for (int i = 0; i < events; i++) {
      ObjectNode was = (ObjectNode) old.get("events").get(i);
      was.put("by", "imported:" + was.get("by").stringValue());
      assertThat(back.get("events").get(i)).isEqualTo(was);
    }
    JsonNode last = back.get("events").get((int) events);
    assertThat(last.get("name").stringValue()).isEqualTo("room.imported");
  }

  @Test
  void aChatComesBackWithAllThatWasSaid() throws Exception {
    String room = "chat:old";
    command(room, "room.create", "{\"title\":\"Old talk\"}");
    command(room, "chat.topic", "{\"topic\":\"What was\"}");
    command(room, "message.post", "{\"message\":\"m1\",\"text\":\"Words ä 😀, @Ana\"}");
    command(room, "message.post", "{\"message\":\"m2\",\"text\":\"Answer\",\"thread\":\"m1\"}");
    command(room, "message.react", "{\"message\":\"m1\",\"emoji\":\"👍\"}");
    command(room, "message.edit", "{\"message\":\"m1\",\"text\":\"Other words, @ana\"}");
    command(room, "message.pin", "{\"message\":\"m1\"}");
    command(room, "message.delete", "{\"message\":\"m2\"}");
    command(room, "message.delete", "{\"message\":\"long-ago\"}");
    command(room, "member.mute", "{\"user\":\"cy\",\"minutes\":5}");
    command(room, "chat.slow", "{\"seconds\":2}");
    command(room, "read.mark", "{\"upto\":2}");
    comesBack(room, "chat:new");
  }

  @Test
  void aDashboardComesBackWithItsReadings() throws Exception {
    feed("dashboard:old");
    comesBack("dashboard:old", "dashboard:new");
  }

  @Test
  void aDashboardWhoseBeginningIsGoneComesBackFromWhereItsFileBegins() throws Exception {
    feed("dashboard:long");
    ObjectNode file = (ObjectNode) JSON.readTree(get("dashboard:long/export").body());
    ArrayNode events = (ArrayNode) file.get("events");
    JsonNode document = JSON.createObjectNode();
    for (int i = 0; i < 3; i++) {
      document = MergePatch.apply(document, events.remove(0).get("patch"));
    }
    file.putObject("base").put("seq", 3).set("document", document);

    assertThat(importInto("dashboard:cut", file.toString()).statusCode()).isEqualTo(200);
    command("dashboard:cut", "dashboard.rename", "{\"title\":\"Goes on\"}");

    JsonNode back = JSON.readTree(get("dashboard:cut/export").body());
    assertThat(back.get("base")).isEqualTo(file.get("base"));
    assertThat(back.get("seq").longValue()).isEqualTo(file.get("seq").longValue() + 2);
    assertThat(back.get("events")).hasSize(events.size() + 2);
    JsonNode page = JSON.readTree(get("dashboard:cut/events?after=0&limit=2").body());
    assertThat(page.at("/events/0/seq").longValue()).isEqualTo(4);
    JsonNode first = JSON.readTree(get("dashboard:cut/events?before=5").body());
    assertThat(first.get("events")).hasSize(1);
    assertThat(first.get("more").booleanValue()).isFalse();
    JsonNode of = JSON.readTree(get("dashboard:cut/events?entity=widgets").body());
    assertThat(of.get("more").booleanValue()).isFalse();
  }

  private static void feed(String room) throws Exception {
    command(room, "room.create", "{\"title\":\"Old figures\"}");
    command(
        room, "widget.add", "{\"widget\":\"t\",\"kind\":\"text\",\"title\":\"T\",\"text\":\"ä\"}");
    command(
        room,
        "widget.add",
        "{\"widget\":\"l\",\"kind\":\"line\",\"title\":\"L\",\"unit\":\"%\",\"warn\":5.5,\"bad\":7}");
    command(room, "widget.add", "{\"widget\":\"g\",\"kind\":\"gauge\",\"title\":\"G\",\"min\":0}");
    command(room, "widget.move", "{\"widget\":\"g\",\"x\":9,\"y\":7}");
    command(
        room,
        "values.set",
        "{\"values\":[{\"widget\":\"l\",\"series\":\"a\",\"value\":0.5},"
            + "{\"widget\":\"l\",\"series\":\"b\",\"value\":1e3,\"state\":\"bad\"},"
            + "{\"widget\":\"g\",\"value\":3}]}");
    command(room, "series.remove", "{\"widget\":\"l\",\"series\":\"b\"}");
  }

  /** The same document, and the same events but for whom they are by. */
  private static void comesBack(String from, String to) throws Exception {
    String file = get(from + "/export").body();
    var answer = importInto(to, file);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode old = JSON.readTree(file);
    JsonNode back = JSON.readTree(get(to + "/export").body());
    ObjectNode document = (ObjectNode) back.get("document");
    document.remove("imported");
    assertThat(document).isEqualTo(old.get("document"));
    int events = old.get("events").size();
    assertThat(back.get("events")).hasSize(events + 1);
    for (int i = 0; i < events; i++) {
      ObjectNode was = (ObjectNode) old.get("events").get(i);
      was.put("by", "imported:" + was.get("by").stringValue());
      assertThat(back.get("events").get(i)).isEqualTo(was);
    }
  }

  @Test
  void aRoomThatExistsIsNotImportedInto() throws Exception {
    var refused = importInto("board:old", exported);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("This room exists already.");
  }

  @Test
  void aFileThatSomebodyHasChangedIsRefusedAndLeavesNothing() throws Exception {
    refused(file -> file.put("format", "x"), "This is not an export");
    refused(file -> file.put("room", "poll:x"), "A poll cannot become a board.");
    refused(file -> file.remove("events"), "is the list of all events");
    refused(file -> file.putObject("base").put("seq", 1), "has all of its events");
    refused(file -> file.put("document", "x"), "do not lead to the document");
    refused(
        file -> patch(file, 3).putObject("tickets").putObject("t1").put("title", "Forged"),
        "do not lead");
    refused(file -> event(file, 3).put("seq", 9), "Events are numbered");
    refused(file -> event(file, 3).put("seq", "4"), "Events are numbered");
    refused(file -> event(file, 3).put("seq", 4.0), "Events are numbered");
    refused(file -> file.put("version", "1"), "of a version that is not known");
    refused(file -> event(file, 3).put("at", "now"), "An event has a time");
    refused(
        file -> event(file, 3).put("key", event(file, 2).get("key").stringValue()),
        "key of its own");
    refused(file -> event(file, 3).put("name", "<b>"), "An event has a name");
    refused(file -> event(file, 3).put("by", ""), "An event is by a user.");
    refused(file -> event(file, 3).put("patch", 1), "An event has a patch.");
    refused(file -> patch(file, 3).putObject("__proto__"), "is a reserved word");
    refused(file -> patch(file, 3).put("tickets", 1), "entities in collections");
    refused(file -> both(file, "tickets", "t1", "title", 5), "must be text");
    refused(file -> both(file, "tickets", "t1", "column", "gone"), "a column that is not there");
    refused(file -> both(file, "tickets", "t1", "evil", "x"), "is not known here");
    refused(file -> both(file, "evil", "t1", "evil", "x"), "is not known here");
    refused(file -> both(file, "access", "bo", "role", "king"), "An entry of access is no role.");
  }

  @Test
  void whatIsNoJsonIsRefused() throws Exception {
    assertThat(importInto("board:bad", "[").statusCode()).isEqualTo(400);
    assertThat(importInto("board:bad", "{\"a\":\"\\u0000\"}").statusCode()).isEqualTo(422);
    String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);
    assertThat(importInto("board:bad", deep).statusCode()).isEqualTo(400);
    assertThat(get("board:bad/export").statusCode()).isEqualTo(404);
  }

  @Test
  void whoMayNotReadMayNotExportAndAViewerDoesNotImport() throws Exception {
    assertThat(get("board:old/export", Role.NONE, "bo").statusCode()).isEqualTo(403);
    assertThat(get("board:old/export", Role.VIEWER, "bo").statusCode()).isEqualTo(200);
    var request = request("board:viewer/import", Role.VIEWER, "bo");
    request.POST(HttpRequest.BodyPublishers.ofString(exported));
    assertThat(send(request).statusCode()).isEqualTo(403);
  }

  @Test
  void whoMayNotImportIsToldBeforeTheFileIsRead() throws Exception {
    String forged = "Authorization: Bearer not.a.token";
    assertThat(answerToTheHeadAlone("board:big", forged)).startsWith("HTTP/1.1 401 ");
    String viewer = "Authorization: Bearer " + token(Role.VIEWER, "bo");
    assertThat(answerToTheHeadAlone("board:big", viewer)).startsWith("HTTP/1.1 403 ");
    assertThat(answerToTheHeadAlone("nosuchtype:big", owner())).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void onlySomeFilesAreReadAtOnce() throws Exception {
    List<RawSocket> sending = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        RawSocket socket = RawSocket.connect(attacked.port());
        sending.add(socket);
        socket.bytes(importHead("board:big" + i, owner() + "\r\nExpect: 100-continue"));
        assertThat(socket.head()).startsWith("HTTP/1.1 100 ");
      }
      assertThat(answerToTheHeadAlone("board:big", owner())).startsWith("HTTP/1.1 429 ");
    } finally {
      for (RawSocket socket : sending) {
        socket.close();
      }
    }
    await()
        .untilAsserted(() ->
            assertThat(importInto("board:" + UUID.randomUUID(), exported).statusCode())
                .isEqualTo(200));
  }

  private static String owner() {
    return "Authorization: Bearer " + token(Role.OWNER, "ana");
  }

  private static String answerToTheHeadAlone(String room, String header) throws Exception {
    try (RawSocket socket = RawSocket.connect(attacked.port())) {
      socket.bytes(importHead(room, header));
      return socket.head();
    }
  }

  private static byte[] importHead(String room, String headers) {
    return ("POST /v1/rooms/%s/import HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + "Content-Type: application/json\r\nContent-Length: 10000000\r\n%s\r\n\r\n")
        .formatted(room, headers)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static ObjectNode event(ObjectNode file, int index) {
    return (ObjectNode) file.get("events").get(index);
  }

  private static ObjectNode patch(ObjectNode file, int index) {
    return (ObjectNode) event(file, index).get("patch");
  }

  /** Changes the last event and the document alike, so that they agree. */
  private static void both(
      ObjectNode file, String collection, String id, String field, Object value) {
    ObjectNode patch = patch(file, file.get("events").size() - 1);
    for (ObjectNode in : new ObjectNode[] {patch, (ObjectNode) file.get("document")}) {
      in.withObjectProperty(collection).withObjectProperty(id).putPOJO(field, value);
    }
  }

  private static void refused(Consumer<ObjectNode> forging, String sentence) throws Exception {
    ObjectNode file = (ObjectNode) JSON.readTree(exported);
    forging.accept(file);
    var answer = importInto("board:forged", file.toString());
    assertThat(answer.statusCode()).as(sentence).isEqualTo(422);
    assertThat(answer.body()).contains(sentence);
    assertThat(get("board:forged/export").statusCode()).isEqualTo(404);
  }

  private static void command(String name, String args) throws Exception {
    command("board:old", name, args);
  }

  private static void command(String room, String name, String args) throws Exception {
    var request = request(room + "/commands", Role.EDITOR, "ana");
    request.POST(
        HttpRequest.BodyPublishers.ofString(
            "{\"key\":\"%s\",\"name\":\"%s\",\"args\":%s}"
                .formatted(UUID.randomUUID(), name, args)));
    var answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static HttpResponse<String> importInto(String room, String file) throws Exception {
    var request = request(room + "/import", Role.EDITOR, "ana");
    return send(request.POST(HttpRequest.BodyPublishers.ofString(file)));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return get(path, Role.EDITOR, "ana");
  }

  private static HttpResponse<String> get(String path, Role role, String user) throws Exception {
    return send(request(path, role, user));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path, Role role, String user) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + attacked.port() + "/v1/rooms/" + path))
        .header("Authorization", "Bearer " + token(role, user))
        .header("Content-Type", "application/json");
  }

  private static String token(Role role, String user) {
    var tokens =
        new Tokens(Secret.of(Attacked.SECRET), TokenRules.DEFAULTS, InstantSource.system());
    return tokens.mint(user, user, Grants.everywhere(role), Duration.ofMinutes(5));
  }
}
