package dev.tutti.sources;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@code {NAME: {env | file | value, prefix?}}}, and the files that it names. Blocks. */
final class HeaderFields {
  private static final int MAX_VALUE_BYTES = 4096;
  private static final List<String> PLACES = List.of("env", "file", "value");
  private static final Set<String> FIELDS = Set.of("env", "file", "value", "prefix");

  /** What the way of asking decides, in lower case. */
  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final Map<String, String> environment;
  private final Map<String, String> values = new HashMap<>();
  private final Set<String> secrets = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  private HeaderFields(Map<String, String> environment) {
    this.environment = environment;
  }

  static Headers of(Part part, Map<String, String> environment) {
    var fields = new HeaderFields(environment);
    part.members().forEach(fields::header);
    return new Headers(fields.values, fields.secrets);
  }

  private void header(String name, Part part) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!name.matches("[A-Za-z0-9_.-]{1,60}")) {
      part.wrong("A header is named with letters, digits, '-', '_' and '.'.");
    } else if (OURS.contains(lower)) {
      part.wrong("This header is set by the server itself.");
    } else if (!names.add(lower)) {
      part.wrong("This header is there twice.");
    } else {
      Part header = part.object(FIELDS);
      String prefix = header.field("prefix").optionalText();
      String value = value(header);
      if (value.isEmpty()) {
        return; // It was said why.
      }
      if ((prefix + value).chars().anyMatch(c -> c < ' ' || c > '~')) {
        part.wrong("Its value holds what no header can.");
      }
      values.put(name, prefix + value);
    }
  }

  private String value(Part header) {
    List<String> given = PLACES.stream().filter(place -> header.field(place).isThere()).toList();
    if (given.size() != 1) {
      header.wrong("Its value is in one of \"env\", \"file\" and \"value\".");
      return "";
    }
    Part place = header.field(given.getFirst());
    String said = place.text();
    if (said.isEmpty()) {
      return "";
    }
    return switch (given.getFirst()) {
      case "env" -> secret(ofVariable(place, said));
      case "file" -> secret(ofFile(place, said));
      default -> said;
    };
  }

  private String secret(String value) {
    if (!value.isEmpty()) {
      secrets.add(value);
    }
    return value;
  }

  private String ofVariable(Part place, String variable) {
    String value = environment.getOrDefault(variable, "").strip();
    if (value.isEmpty()) {
      place.wrong("This variable is not set, or is empty.");
    }
    return value;
  }

  private static String ofFile(Part place, String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MAX_VALUE_BYTES + 1);
      String value = new String(bytes, StandardCharsets.UTF_8).strip();
      if (bytes.length > MAX_VALUE_BYTES) {
        place.wrong("This file is over " + MAX_VALUE_BYTES + " bytes.");
        return "";
      }
      if (value.isEmpty()) {
        place.wrong("This file is empty.");
      }
      return value;
    } catch (IOException | IllegalArgumentException e) {
      // Its words may name the file, which may be the value itself, put in the wrong place.
      place.wrong("This file is not there, or cannot be read.");
      return "";
    }
  }
}
