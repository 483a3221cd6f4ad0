package dev.tutti.sources;

import dev.tutti.protocol.RoomName;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file of {@code --sources}: {@code {"allow"?: [address], "sources": [{name, url, headers?:
 * {NAME: {env | file | value, prefix?}}, seconds, always?, read: [{pointer, room, widget,
 * series?}]}]}}. All that is wrong with it is found at once; no problem tells a value.
 */
public final class SourcesFile {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final int MAX_SOURCES = 200;
  private static final int MIN_SECONDS = 1;
  private static final int MAX_SECONDS = 24 * 3_600;

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** What a file says, or what is wrong with it. */
  public sealed interface Conclusion {
    record Read(Sources.Plan plan) implements Conclusion {}

    record Refused(List<String> problems) implements Conclusion {}
  }

  private SourcesFile(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Reads a file. Blocks. */
  public static Conclusion read(Path file, Map<String, String> environment) {
    SourcesFile reading = new SourcesFile(environment);
    Sources.Plan plan = reading.plan(file);
    return reading.problems.isEmpty()
        ? new Conclusion.Read(plan)
        : new Conclusion.Refused(List.copyOf(reading.problems));
  }

  private Sources.Plan plan(Path file) {
    JsonNode json;
    try {
      if (Files.size(file) > MAX_BYTES) {
        problems.add("The file " + file + " is over 1 MiB.");
        return new Sources.Plan(Set.of(), List.of());
      }
      json = new JsonMapper().readTree(Files.readString(file));
    } catch (IOException | JacksonException e) {
      // The reader's own words would quote the file.
      problems.add("The file " + file + " cannot be read, or is no JSON.");
      return new Sources.Plan(Set.of(), List.of());
    }
    Set<String> allowed = new HashSet<>();
    for (JsonNode address : json.path("allow")) {
      if (Addresses.isLiteral(address.asString(""))) {
        allowed.add(address.asString(""));
      } else {
        problems.add(
            "\"allow\" of --sources lists addresses such as 10.0.0.5 or ::1, one by one, and not "
                + address
                + ".");
      }
    }
    List<Source> sources = new ArrayList<>();
    json.path("sources").forEach(source -> sources.add(source(source)));
    if (sources.isEmpty() || sources.size() > MAX_SOURCES) {
      problems.add("The file of --sources names 1 to " + MAX_SOURCES + " \"sources\".");
    }
    return new Sources.Plan(allowed, sources);
  }

  private Source source(JsonNode json) {
    String name = json.path("name").asString("");
    if (!name.matches("[A-Za-z0-9._-]{1,60}") || !names.add(name)) {
      problems.add("A source needs a \"name\" of its own: letters, digits, '.', '_' and '-'.");
    }
    int seconds = json.path("seconds").asInt(0);
    if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
      wrong(name, "\"seconds\" is from " + MIN_SECONDS + " to " + MAX_SECONDS + ".");
    }
    List<Source.Target> targets = new ArrayList<>();
    json.path("read").forEach(target -> target(name, target, targets));
    if (targets.isEmpty()) {
      wrong(name, "\"read\" says nothing.");
    }
    return new Source(
        name,
        url(name, json.path("url").asString("")),
        headers(name, json.path("headers")),
        Duration.ofSeconds(Math.max(1, seconds)),
        json.path("always").asBoolean(false),
        List.copyOf(targets));
  }

  private URI url(String name, String text) {
    try {
      URI url = new URI(text);
      boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (web && url.getHost() != null && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // said below, without the address, which may hold a key
    }
    wrong(name, "\"url\" is an address with http or https, and without a user.");
    return URI.create("https://invalid.invalid/");
  }

  private Map<String, String> headers(String name, JsonNode json) {
    Map<String, String> headers = new HashMap<>();
    json.properties()
        .forEach(header -> {
          String value = value(name, header.getKey(), header.getValue());
          if (!header.getKey().matches("[A-Za-z0-9-]{1,60}") || hasControls(value)) {
            wrong(name, "The header " + header.getKey() + " is none that can be sent.");
          } else {
            headers.put(header.getKey(), value);
          }
        });
    return Map.copyOf(headers);
  }

  private static boolean hasControls(String value) {
    return value.chars().anyMatch(c -> c < ' ' || c > '~');
  }

  private String value(String name, String header, JsonNode from) {
    String value = from.path("value").asString("");
    if (from.has("env")) {
      value = environment.getOrDefault(from.path("env").asString(""), "");
    } else if (from.has("file")) {
      try {
        value = Files.readString(Path.of(from.path("file").asString(""))).strip();
      } catch (IOException | IllegalArgumentException e) {
        value = "";
      }
    }
    if (value.isEmpty()) {
      wrong(name, "The header " + header + " has no value: its \"env\" or \"file\" is empty.");
    }
    return from.path("prefix").asString("") + value;
  }

  private void target(String name, JsonNode json, List<Source.Target> targets) {
    try {
      JsonPointer pointer = JsonPointer.compile(json.path("pointer").asString(""));
      RoomName room = new RoomName(json.path("room").asString(""));
      String widget = json.path("widget").asString("");
      if (room.type().equals("dashboard") && !widget.isEmpty() && !room.equals(RoomName.SERVER)) {
        targets.add(new Source.Target(pointer, room, widget, json.path("series").asString("")));
        return;
      }
    } catch (RuntimeException e) {
      // said below
    }
    wrong(
        name,
        "An entry of \"read\" has a JSON \"pointer\", a dashboard as \"room\", a \"widget\".");
  }

  private void wrong(String name, String sentence) {
    problems.add("--sources: " + (name.isEmpty() ? "a source" : name) + ": " + sentence);
  }
}
