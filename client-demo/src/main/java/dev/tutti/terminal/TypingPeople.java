package dev.tutti.terminal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is typing; nobody is for long without saying so again. Safe on any thread. */
final class TypingPeople {
  static final long OVER_MILLIS = 5_000;

  private final Map<String, Long> untilMillis = new LinkedHashMap<>();

  synchronized void types(String name, long now) {
    untilMillis.put(name, now + OVER_MILLIS);
  }

  synchronized void stops(String name) {
    untilMillis.remove(name);
  }

  /** In words; empty when nobody is. */
  synchronized String text(long now) {
    untilMillis.values().removeIf(until -> until <= now);
    List<String> names = List.copyOf(untilMillis.keySet());
    return switch (names.size()) {
      case 0 -> "";
      case 1 -> names.getFirst() + " is typing";
      case 2 -> names.getFirst() + " and " + names.getLast() + " are typing";
      default -> "several people are typing";
    };
  }
}
