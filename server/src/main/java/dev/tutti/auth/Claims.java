package dev.tutti.auth;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The claims of a token whose signature is good, read with the types that they must have. */
record Claims(Map<String, Object> json) {
  /** The year 9999: far enough, and no arithmetic on it overflows. */
  private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

  boolean has(String name) {
    return json.get(name) != null;
  }

  Optional<String> text(String name) throws TokenRefused {
    Object value = json.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw TokenRefused.because("Its " + name + " is not a text.");
  }

  /** A NumericDate (RFC 7519, section 2): seconds since 1970, fractions cut off. */
  Optional<Instant> time(String name) throws TokenRefused {
    Object value = json.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() <= MAX_EPOCH_SECOND) {
      return Optional.of(Instant.ofEpochSecond(number.longValue()));
    }
    throw TokenRefused.because("Its " + name + " is not a time.");
  }

  /** {@code aud}, which may be one text or a list of them. */
  Collection<?> audience() {
    Object value = json.get("aud");
    if (value instanceof Collection<?> several) {
      return several;
    }
    return value == null ? List.of() : List.of(value);
  }

  /** A list of texts; empty where there is none. */
  Set<String> texts(String name) throws TokenRefused {
    Object value = json.get(name);
    Set<String> texts = new HashSet<>();
    if (value instanceof Collection<?> several) {
      for (Object one : several) {
        if (!(one instanceof String text)) {
          throw TokenRefused.because("Its " + name + " are not texts.");
        }
        texts.add(text);
      }
    }
    if (value != null && texts.isEmpty()) {
      throw TokenRefused.because("Its " + name + " are no list that says something.");
    }
    return texts;
  }

  /** An object claim; empty where there is none. */
  Map<?, ?> object(String name) throws TokenRefused {
    Object value = json.get(name);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw TokenRefused.because("Its " + name + " is not an object.");
  }
}
