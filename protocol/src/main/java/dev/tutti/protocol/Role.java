package dev.tutti.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a user may do in a room. Each role may do all that the ones before it may. */
public enum Role {
  /** May not even read. */
  NONE,
  /** May read, be present and send signals. */
  VIEWER,
  /** May send commands. */
  EDITOR,
  /** May grant and revoke access. */
  OWNER;

  /** The role as it is written in messages and tokens. */
  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this role includes {@code other}. */
  public boolean atLeast(Role other) {
    return compareTo(other) >= 0;
  }

  /**
   * The role written as {@code wire}.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static Role of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
