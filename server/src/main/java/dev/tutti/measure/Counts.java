package dev.tutti.measure;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * One count for each word of a table, made beforehand, so that counting looks nothing up by name.
 * Any thread.
 */
public final class Counts<E extends Enum<E>> {
  private final Map<E, Count> byWord;

  public Counts(Class<E> table) {
    byWord = new EnumMap<>(table);
    for (E word : table.getEnumConstants()) {
      byWord.put(word, new Count());
    }
  }

  public void increment(E word) {
    of(word).increment();
  }

  public long total(E word) {
    return of(word).total();
  }

  /** Shows every word with its count. */
  public void each(BiConsumer<E, Count> to) {
    byWord.forEach(to);
  }

  private Count of(E word) {
    Count count = byWord.get(word);
    if (count == null) {
      throw new IllegalArgumentException(word + " is not in the table.");
    }
    return count;
  }
}
