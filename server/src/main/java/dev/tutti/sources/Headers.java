package dev.tutti.sources;

import java.util.Map;
import java.util.Set;

/**
 * What is sent with a question. Nothing of it is ever shown.
 *
 * @param values by name, as they are sent
 * @param secrets what came from elsewhere than the file, without what stands before it
 */
record Headers(Map<String, String> values, Set<String> secrets) {
  static final Headers NONE = new Headers(Map.of(), Set.of());

  /** Shorter than that a secret is within words by chance. */
  private static final int MIN_WITHIN_CHARS = 4;

  Headers {
    values = Map.copyOf(values);
    secrets = Set.copyOf(secrets);
  }

  /** Whether words tell one of the secrets, as those of a server do that answers what it heard. */
  boolean areIn(String words) {
    return secrets.stream()
        .anyMatch(secret ->
            secret.length() < MIN_WITHIN_CHARS ? words.equals(secret) : words.contains(secret));
  }

  @Override
  public String toString() {
    return values.size() + " headers";
  }
}
