package dev.tutti.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One entity of a document, written {@code collection/id}, for example {@code tickets/t1}.
 *
 * @param id may hold any character, slashes too
 */
public record EntityName(String collection, String id) {
  private static final int MAX_CHARS = 300;

  /**
   * The entity that a text names.
   *
   * @throws InvalidMessage with code {@code invalid} when it names none
   */
  @JsonCreator
  public static EntityName of(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1 || text.length() > MAX_CHARS) {
      throw new InvalidMessage(
          Code.INVALID, "An entity is written collection/id, like tickets/t1.", "entity");
    }
    return new EntityName(text.substring(0, slash), text.substring(slash + 1));
  }

  @JsonValue
  @Override
  public String toString() {
    return collection + "/" + id;
  }
}
