package dev.tutti.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.config.CannotStart;
import dev.tutti.protocol.Role;
import dev.tutti.rules.Actor;
import dev.tutti.rules.Decision;
import dev.tutti.rules.Document;
import dev.tutti.rules.Moment;
import dev.tutti.rules.RoomRules;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code docs/room-types.md}: its class is packed into a jar, and a server is started with it. */
class RoomTypesPageTest {
  private static final String PAGE = "docs/room-types.md";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;

  private static Path jars;
  private static ExampleServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    jars = RoomTypeJar.make(Markdown.of(PAGE), folder);
    server = ExampleServer.start(Map.of("TUTTI_ROOM_TYPES", jars.toString()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theExamplesAreTrue() throws Exception {
    new Examples(PAGE, server.port()).run();
  }

  @Test
  void aPollIsExportedAndImported() throws Exception {
    command("poll:from", "poll.ask", "{\"question\":\"Tea?\",\"options\":[\"Yes\",\"No\"]}");
    command("poll:from", "poll.vote", "{\"option\":1}");
    String file = ask("GET", "/v1/rooms/poll:from/export", "").toString();
    assertThat(ask("POST", "/v1/rooms/poll:to/import", file).path("type").asString())
        .isEqualTo("accepted");
    JsonNode from = ask("GET", "/v1/rooms/poll:from", "").get("document");
    JsonNode to = ask("GET", "/v1/rooms/poll:to", "").get("document");
    assertThat(to.get("votes")).isEqualTo(from.get("votes"));
    String wrong = file.replace("{\"option\":1}", "{\"option\":5}");
    assertThat(ask("POST", "/v1/rooms/poll:wrong/import", wrong).path("detail").asString())
        .contains("A vote is for no option.");
  }

  @Test
  void everybodyHasOneVoteInAnyOrder() throws Exception {
    RoomRules<Object> rules = rules();
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Document document = asked(rules);
      Map<String, Integer> last = new HashMap<>();
      for (int i = 0; i < 40; i++) {
        String user = "user" + random.nextInt(5);
        int option = random.nextInt(4) - 1;
        ObjectNode args = JsonNodeFactory.instance.objectNode().put("option", option);
        Object vote = rules.parse("poll.vote", args);
        Decision decision = rules.decide(document, vote, actor(user, Role.VIEWER), moment(random));
        if (decision instanceof Decision.Accepted(String name, var change)) {
          document = document.apply(change.patchOn(document));
          last.put(user, option);
        } else {
          assertThat(option).as("seed %s", seed).isNegative();
        }
      }
      Map<String, Integer> votes = new HashMap<>();
      document.collection("votes").forEach((user, v) -> votes.put(user, v.get("option").asInt()));
      assertThat(votes).as("seed %s", seed).isEqualTo(last);
    }
  }

  @Test
  void aFolderThatCannotBeUsedIsRefusedAtTheStart(@TempDir Path empty) throws Exception {
    refused(empty.resolve("nowhere"), "is no folder that can be read");
    refused(empty, "has a room type");
    Path classes = Files.createDirectories(empty.resolve("classes/META-INF/services"));
    Files.writeString(classes.resolve("dev.tutti.rules.RoomRules"), "com.example.Nothing");
    RoomTypeJar.pack(empty.resolve("classes"), empty.resolve("broken.jar"));
    refused(empty, "com.example.Nothing");
    Files.writeString(
        classes.resolve("dev.tutti.rules.RoomRules"), "dev.tutti.docs.SecondBoardRules");
    RoomTypeJar.pack(empty.resolve("classes"), empty.resolve("broken.jar"));
    refused(empty, "there are rooms of type board already");
  }

  private static void refused(Path types, String why) {
    assertThatThrownBy(() -> ExampleServer.start(Map.of("TUTTI_ROOM_TYPES", types.toString())))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(why);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static RoomRules<Object> rules() throws Exception {
    URL[] jar = {jars.resolve("poll.jar").toUri().toURL()};
    var loader = new URLClassLoader(jar, RoomTypesPageTest.class.getClassLoader());
    return ServiceLoader.load(RoomRules.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .filter(rules -> rules.type().equals("poll"))
        .findFirst()
        .orElseThrow();
  }

  private static Document asked(RoomRules<Object> rules) {
    ObjectNode args = JsonNodeFactory.instance.objectNode().put("question", "Where?");
    args.putArray("options").add("Here").add("There").add("Nowhere");
    Object ask = rules.parse("poll.ask", args);
    Decision decision =
        rules.decide(Document.empty(), ask, actor("olga", Role.OWNER), moment(new Random(0)));
    return Document.empty()
        .apply(((Decision.Accepted) decision).change().patchOn(Document.empty()));
  }

  private static Actor actor(String user, Role role) {
    return new Actor(user, user, role);
  }

  private static Moment moment(Random random) {
    return new Moment(Instant.EPOCH, new UUID(random.nextLong(), random.nextLong()));
  }

  private void command(String room, String name, String args) throws Exception {
    String body =
        "{\"key\":\"%s\",\"name\":\"%s\",\"args\":%s}".formatted(UUID.randomUUID(), name, args);
    assertThat(ask("POST", "/v1/rooms/" + room + "/commands", body).path("type").asString())
        .isEqualTo("accepted");
  }

  private JsonNode ask(String method, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + ExampleServer.token())
            .build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }
}
