package dev.tutti.terminal;

import java.util.Optional;

/** What somebody has typed. */
sealed interface Input {
  /** Nothing. */
  record Nothing() implements Input {}

  /** Say it to everyone. */
  record Say(String text) implements Input {}

  /**
   * A line that begins with a slash.
   *
   * @param name in lower case, without the slash
   * @param rest what stands behind it, stripped
   */
  record Command(String name, String rest) implements Input {
    /** The number in front of the rest, such as 12 or #12. */
    Optional<Long> number() {
      String first = rest.split("\\s+", 2)[0].replaceFirst("^#", "");
      return first.matches("\\d{1,15}") ? Optional.of(Long.parseLong(first)) : Optional.empty();
    }

    /** What stands behind the number. */
    String behind() {
      String[] parts = rest.split("\\s+", 2);
      return parts.length < 2 ? "" : parts[1].strip();
    }
  }

  /** Reads a line; two slashes say one. */
  static Input of(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      return new Nothing();
    }
    if (text.startsWith("//")) {
      return new Say(text.substring(1));
    }
    if (!text.startsWith("/")) {
      return new Say(text);
    }
    String[] parts = text.substring(1).split("\\s+", 2);
    return new Command(
        parts[0].toLowerCase(java.util.Locale.ROOT), parts.length < 2 ? "" : parts[1].strip());
  }
}
