package dev.tutti.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.process.TuttiCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The line that posts a reading, run as it is printed, and all that its token is not for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngestLineTest {
  private static final String PAGE = "docs/dashboards.md";
  private static final String OWN = "dashboard:ops";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private ExampleServer server;
  private String token = "";

  @BeforeAll
  void runTheLine(@TempDir Path folder) throws Exception {
    server = ExampleServer.start();
    assertThat(command(ExampleServer.token(), OWN, "widget.add", widget("cpu")).statusCode())
        .isEqualTo(200);
    List<String> printed =
        Markdown.of(PAGE).blocks("sh").stream().flatMap(block -> block.lines().stream()).toList();
    assertThat(printed).anyMatch(line -> line.startsWith("curl "));
    // What is printed, at this server's port; and ./tutti is the classes that are being tested.
    String script =
        String.join("\n", printed).replace(":8080/", ":" + server.port() + "/")
            + "\necho\necho $TOKEN\n";
    List<String> said = shell(folder, script);
    assertThat(JSON.readTree(said.getFirst()).get("type").stringValue()).isEqualTo("accepted");
    token = said.getLast();
  }

  @AfterAll
  void stop() {
    http.close();
    server.close();
  }

  @Test
  void theReadingIsOnTheDashboard() throws Exception {
    JsonNode room = JSON.readTree(get(token, OWN).body());
    assertThat(room.at("/document/readings/cpu/value/value").doubleValue()).isEqualTo(0.71);
    assertThat(room.get("role").stringValue()).isEqualTo("editor");
  }

  @Test
  void itsTokenPostsReadingsThereAndCanDoNothingElseThere() throws Exception {
    assertThat(post(token, OWN, "values", "{\"widget\":\"cpu\",\"value\":0.71}").statusCode())
        .isEqualTo(200);
    for (String[] other :
        new String[][] {
          {"widget.add", widget("more")},
          {"widget.move", "{\"widget\":\"cpu\",\"x\":3,\"y\":3}"},
          {"widget.resize", "{\"widget\":\"cpu\",\"w\":3,\"h\":3}"},
          {"widget.edit", "{\"widget\":\"cpu\",\"title\":\"Mine\"}"},
          {"widget.threshold", "{\"widget\":\"cpu\",\"warn\":1}"},
          {"widget.remove", "{\"widget\":\"cpu\"}"},
          {"series.remove", "{\"widget\":\"cpu\",\"series\":\"value\"}"},
          {"dashboard.rename", "{\"title\":\"Mine\"}"},
          {"change.undo", "{\"seq\":1}"},
          {"access.grant", "{\"user\":\"meter\",\"role\":\"owner\"}"}
        }) {
      isForbidden(command(token, OWN, other[0], other[1]));
    }
  }

  @Test
  void itsTokenIsForNoOtherRoom() throws Exception {
    String reading = "{\"widget\":\"cpu\",\"value\":1}";
    for (String room : List.of("dashboard:other", "dashboard:server", "dashboard:ops2")) {
      isForbidden(post(token, room, "values", reading));
      isForbidden(command(token, room, "value.set", reading));
    }
    isForbidden(command(token, "chat:general", "message.post", "{\"text\":\"Hello\"}"));
    isForbidden(command(token, "board:demo", "column.add", "{\"title\":\"Mine\"}"));
    isForbidden(command(token, "dashboard:mine", "room.create", "{}"));
    isForbidden(get(token, "dashboard:other"));
    isForbidden(get(token, "board:demo"));
  }

  private static void isForbidden(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(JSON.readTree(answer.body()).get("code").stringValue()).isEqualTo("forbidden");
  }

  private static String widget(String id) {
    return "{\"widget\":\"%s\",\"kind\":\"number\",\"title\":\"CPU\"}".formatted(id);
  }

  private HttpResponse<String> command(String as, String room, String name, String args)
      throws Exception {
    String body =
        "{\"key\":\"%s\",\"name\":\"%s\",\"args\":%s}".formatted(UUID.randomUUID(), name, args);
    return post(as, room, "commands", body);
  }

  private HttpResponse<String> post(String as, String room, String what, String body)
      throws Exception {
    return send(
        request(as, room + "/" + what)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String as, String room) throws Exception {
    return send(request(as, room));
  }

  private HttpRequest.Builder request(String as, String path) {
    URI to = URI.create("http://127.0.0.1:" + server.port() + "/v1/rooms/" + path);
    return HttpRequest.newBuilder(to).header("Authorization", "Bearer " + as);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** The lines that a script prints. */
  private List<String> shell(Path folder, String script) throws IOException, InterruptedException {
    String java =
        TuttiCommand.of(List.of()).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Path tutti =
        Files.writeString(folder.resolve("tutti"), "#!/bin/sh\nexec " + java + " \"$@\"\n");
    assertThat(tutti.toFile().setExecutable(true)).isTrue();
    Path errors = folder.resolve("errors");
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-eu", "-c", script)
            .directory(folder.toFile())
            .redirectError(errors.toFile());
    shell.environment().put("TUTTI_TOKEN_SECRET", ExampleServer.SECRET);
    Process process = shell.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as("%s%n%s", lines, Files.readString(errors)).isZero();
    return lines;
  }
}
