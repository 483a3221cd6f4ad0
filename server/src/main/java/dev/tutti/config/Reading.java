package dev.tutti.config;

import dev.tutti.sources.Sources;
import dev.tutti.sources.SourcesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns what was given into values and gathers every problem on the way. After a problem a reading
 * goes on with the default, only to find the other problems; nothing is started with it. Used by
 * one thread.
 */
final class Reading {
  private static final int MAX_SHOWN_CHARS = 80;
  private static final int MAX_SECRET_FILE_BYTES = 4096;

  private final Given given;
  private final List<String> problems = new ArrayList<>();

  Reading(Given given) {
    this.given = given;
    given.options().forEach(this::checkRepeated);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  void problem(String sentence) {
    problems.add(sentence);
  }

  boolean isGiven(Setting setting) {
    return given.one(setting).isPresent();
  }

  /** A text that has a default. */
  String text(Setting setting) {
    return optional(setting).orElse(setting.fallback());
  }

  Optional<String> optional(Setting setting) {
    Optional<Given.Value> value = given.one(setting);
    if (value.isPresent() && value.get().text().isBlank()) {
      problem(value.get().source() + " is blank.");
    }
    return value.map(Given.Value::text).filter(text -> !text.isBlank());
  }

  /** All values of a setting that may be repeated, or hold several with commas between them. */
  List<String> list(Setting setting) {
    return given.all(setting).stream()
        .flatMap(value -> List.of(value.text().split(",", -1)).stream())
        .map(String::strip)
        .toList();
  }

  int number(Setting setting) {
    return number(setting, Integer.parseInt(setting.fallback()), setting.min(), setting.max());
  }

  int number(Setting setting, int fallback, int min, int max) {
    Optional<Given.Value> value = given.one(setting);
    if (value.isEmpty()) {
      return fallback;
    }
    String text = value.get().text();
    if (text.matches("\\d{1,10}")) {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return (int) number;
      }
    }
    refuse(value.get(), "a whole number from " + min + " to " + max);
    return fallback;
  }

  boolean flag(Setting setting) {
    return optionalFlag(setting).orElse(false);
  }

  Optional<Boolean> optionalFlag(Setting setting) {
    Optional<Given.Value> value = given.one(setting);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return switch (value.get().text()) {
      case "true", "on" -> Optional.of(true);
      case "false", "off" -> Optional.of(false);
      default -> {
        refuse(value.get(), "true or false");
        yield Optional.empty();
      }
    };
  }

  /**
   * One of a few words.
   *
   * @param words by how they are written; the setting's default is one of them
   * @param what the words for people, such as {@code text or json}
   */
  <T> T word(Setting setting, Map<String, T> words, String what) {
    T fallback = words.get(setting.fallback());
    if (fallback == null) {
      throw new IllegalStateException(setting + " has a default that is none of its words.");
    }
    Optional<Given.Value> value = given.one(setting);
    if (value.isEmpty()) {
      return fallback;
    }
    T found = words.get(value.get().text());
    if (found == null) {
      refuse(value.get(), what);
      return fallback;
    }
    return found;
  }

  Path path(Setting setting) {
    String text = text(setting);
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      problem(setting.option().orElseThrow() + " is not a path of this system.");
      return Path.of(setting.fallback());
    }
  }

  /** What a file of sources says; nothing where none is given. */
  Sources.Plan sources(Setting setting) {
    Sources.Plan nothing = new Sources.Plan(Set.of(), List.of());
    if (!isGiven(setting)) {
      return nothing;
    }
    return switch (SourcesFile.read(path(setting), given.environment())) {
      case SourcesFile.Conclusion.Read(Sources.Plan plan) -> plan;
      case SourcesFile.Conclusion.Refused(List<String> wrong) -> {
        wrong.forEach(this::problem);
        yield nothing;
      }
    };
  }

  /** A secret from a variable or from a file, without the white space around it. Never shown. */
  Optional<String> secret(Setting variable, Setting file) {
    Optional<String> direct = optional(variable);
    if (!isGiven(file)) {
      return direct.map(String::strip);
    }
    if (direct.isPresent()) {
      problem(
          file.option().orElseThrow()
              + " and "
              + variable.variable()
              + " are both given;"
              + " give one of them.");
      return Optional.empty();
    }
    Path path = path(file);
    try {
      if (Files.size(path) > MAX_SECRET_FILE_BYTES) {
        problem("The file " + path + " is over " + MAX_SECRET_FILE_BYTES + " bytes.");
        return Optional.empty();
      }
      String text = Files.readString(path).strip();
      if (text.isEmpty()) {
        problem("The file " + path + " is empty.");
        return Optional.empty();
      }
      return Optional.of(text);
    } catch (IOException e) {
      problem("The file " + path + " of " + file.option().orElseThrow() + " cannot be read.");
      return Optional.empty();
    }
  }

  private void checkRepeated(Setting setting, List<String> values) {
    if (values.size() > 1 && !setting.isList()) {
      problem(setting.option().orElseThrow() + " is given " + values.size() + " times.");
    }
  }

  private void refuse(Given.Value value, String what) {
    problem(value.source() + " is \"" + shown(value.text()) + "\"; it must be " + what + ".");
  }

  private static String shown(String text) {
    String plain = text.replaceAll("\\p{C}", "?");
    return plain.length() <= MAX_SHOWN_CHARS ? plain : plain.substring(0, MAX_SHOWN_CHARS) + "…";
  }
}
