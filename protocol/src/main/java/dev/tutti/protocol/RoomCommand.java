package dev.tutti.protocol;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** Commands that every room type knows: what is done about a room as a whole. */
public sealed interface RoomCommand {
  /** Longest title that a new room is given, in characters. */
  int MAX_TITLE_CHARS = 500;

  /**
   * Make a room of which the sender is an owner; refused where anything has happened in it.
   *
   * @param title where the room's type has one
   */
  @JsonTypeName("room.create")
  record Create(@Nullable String title) implements RoomCommand {
    public Create {
      if (title != null) {
        Args.line(title, MAX_TITLE_CHARS, "title");
      }
    }
  }
}
