package dev.tutti.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file of {@code --sources}: {@code {"allow"?: [address], "sources": [source]}}. All that is
 * wrong with it is found at once; no problem tells a value.
 */
public final class SourcesFile {
  private static final String NAME = "--sources";
  private static final int MAX_BYTES = 1024 * 1024;
  private static final int MAX_SOURCES = 200;

  /** A name that is there twice would be one that nobody reads. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Sources.Plan NOTHING = new Sources.Plan(Set.of(), List.of());

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  /** What a file says, or what is wrong with it. */
  public sealed interface Conclusion {
    record Read(Sources.Plan plan) implements Conclusion {}

    record Refused(List<String> problems) implements Conclusion {}
  }

  private SourcesFile(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Reads a file, and those that it takes values from. Blocks. */
  public static Conclusion read(Path file, Map<String, String> environment) {
    var reading = new SourcesFile(environment);
    Sources.Plan plan = reading.plan(file);
    return reading.problems.isEmpty()
        ? new Conclusion.Read(plan)
        : new Conclusion.Refused(List.copyOf(reading.problems));
  }

  private Sources.Plan plan(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        problems.add("The file " + file + " of " + NAME + " is over 1 MiB.");
        return NOTHING;
      }
      return plan(JSON.readTree(Files.readString(file)));
    } catch (IOException e) {
      problems.add("The file " + file + " of " + NAME + " cannot be read.");
    } catch (JacksonException e) {
      // The reader's own words would quote the file.
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      problems.add(
          "The file "
              + file
              + " of "
              + NAME
              + " is no JSON, or has a field twice"
              + (line > 0 ? ", in line " + line : "")
              + ".");
    }
    return NOTHING;
  }

  private Sources.Plan plan(JsonNode json) {
    Part whole = Part.whole(NAME, json, problems).object(Set.of("allow", "sources"));
    Set<String> allowed = new HashSet<>();
    for (Part address : whole.field("allow").entries()) {
      if (Addresses.isLiteral(address.json().asString(""))) {
        allowed.add(address.json().asString(""));
      } else {
        address.wrong("It is no address such as 10.0.0.5 or ::1; they are listed one by one.");
      }
    }
    List<Part> parts = whole.field("sources").entries();
    if (parts.isEmpty() || parts.size() > MAX_SOURCES) {
      whole.field("sources").wrong("There are 1 to " + MAX_SOURCES + " of them.");
    }
    var fields = new SourceFields(NAME, new Addresses(allowed), environment);
    return new Sources.Plan(allowed, parts.stream().map(fields::source).toList());
  }
}
