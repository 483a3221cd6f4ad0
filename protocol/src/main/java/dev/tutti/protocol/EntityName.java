package dev.tutti.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One entity of a document, written {@code collection/id}, for example {@code tickets/t1}; or all
 * of a collection, written {@code collection}.
 *
 * @param id may hold any character, slashes too; null for the whole collection
 */
public record EntityName(String collection, @Nullable String id) {
  private static final int MAX_CHARS = 300;

  /**
   * The entity that a text names.
   *
   * @throws InvalidMessage with code {@code invalid} when it names none
   */
  @JsonCreator
  public static EntityName of(String text) {
    int slash = text.indexOf('/');
    if (text.isEmpty() || slash == 0 || slash == text.length() - 1 || text.length() > MAX_CHARS) {
      throw new InvalidMessage(
          Code.INVALID,
          "An entity is written collection/id, like tickets/t1, or collection.",
          "entity");
    }
    return slash < 0
        ? new EntityName(text, null)
        : new EntityName(text.substring(0, slash), text.substring(slash + 1));
  }

  @JsonValue
  @Override
  public String toString() {
    return id == null ? collection : collection + "/" + id;
  }
}
