package dev.tutti.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the examples of a page in their order against one server. What a client says may hold {@code
 * …} too: the rest of the last such text that came from the server.
 */
final class Examples {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern LINE = Pattern.compile("(\\w* ?)([→←]) (.*)");
  private static final Pattern REQUEST =
      Pattern.compile("(GET|POST) (\\S+)(?: Accept: (\\S+))?(?: (\\{.*))?");
  private static final Pattern OPEN = Pattern.compile("\"(\\w+)\":\"([^\"…]*)…\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Conversation> conversations = new HashMap<>();

  /** The last text of each field, by name: what {@code …} stands for where a client says it. */
  private final Map<String, String> known = new HashMap<>();

  private BufferedReader answer = new BufferedReader(InputStreamReader.nullReader());
  private final String page;
  private final int port;

  Examples(String page, int port) {
    this.page = page;
    this.port = port;
    known.put("token", ExampleServer.token());
  }

  /** Fails at the first line that is not true. */
  void run() throws Exception {
    List<Markdown.Block> blocks = Markdown.of(page).blocks("tutti");
    assertThat(blocks).as(page).isNotEmpty();
    for (Markdown.Block block : blocks) {
      run(block);
    }
  }

  private void run(Markdown.Block block) throws Exception {
    for (int i = 0; i < block.lines().size(); i++) {
      String line = block.lines().get(i);
      Matcher parts = LINE.matcher(line);
      assertThat(parts.matches()).as(line).isTrue();
      try {
        if (parts.group(2).equals("→")) {
          say(parts.group(1), completed(parts.group(3)));
        } else {
          hear(parts.group(1), parts.group(3));
        }
      } catch (AssertionError e) {
        int number = block.line() + 1 + i;
        throw new AssertionError(page + ":" + number + ": " + line, e);
      }
    }
    conversations.values().forEach(Conversation::end);
    conversations.clear();
  }

  private void say(String who, String what) throws Exception {
    Matcher request = REQUEST.matcher(what);
    if (request.matches()) {
      ask(request.group(1), request.group(2), request.group(3), request.group(4));
    } else {
      conversations.computeIfAbsent(who, w -> new Conversation(http, port)).say(what);
    }
  }

  private void ask(String method, String path, String accept, String body) throws Exception {
    var publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, publisher)
            .header("Content-Type", "application/json")
            .header("Accept", accept == null ? "*/*" : accept)
            .build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    answer = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    known.put("status", Integer.toString(response.statusCode()));
  }

  private void hear(String who, String what) throws Exception {
    if (what.startsWith("{")) {
      learn(conversations.get(who).hear(Expected.of(what)));
    } else if (what.startsWith("close ")) {
      conversations.get(who).hear(Expected.of("{\"close\":" + what.substring(6) + "}"));
    } else if (what.startsWith("data: ")) {
      String line = answer.readLine();
      assertThat(line).startsWith("data: ");
      matches(what.substring(6), JSON.readTree(line.substring(6)));
    } else if (what.startsWith("id: ")) {
      String[] around = what.split("…", -1);
      assertThat(answer.readLine()).startsWith(around[0]).endsWith(around[around.length - 1]);
    } else {
      String[] parts = what.split(" ", 2);
      assertThat(known).containsEntry("status", parts[0]);
      matches(parts[1], JSON.readTree(answer.readLine()));
    }
  }

  private static void matches(String pattern, JsonNode actual) {
    assertThat(Expected.of(pattern).mismatch(actual)).as("%s", actual).isEmpty();
  }

  /** Keeps texts for what is said later; of guests the first, who is the one that is spoken of. */
  private void learn(JsonNode message) {
    if (message.has("epoch")) {
      known.put("epoch", message.path("epoch").asString());
    }
    String user = message.path("user").path("id").asString("");
    if (user.startsWith("guest:")) {
      known.put("user", user);
    }
  }

  private String completed(String said) {
    return OPEN.matcher(said)
        .replaceAll(open -> {
          String whole = known.getOrDefault(open.group(1), "");
          assertThat(whole).as(said).startsWith(open.group(2));
          return Matcher.quoteReplacement("\"" + open.group(1) + "\":\"" + whole + "\"");
        });
  }
}
