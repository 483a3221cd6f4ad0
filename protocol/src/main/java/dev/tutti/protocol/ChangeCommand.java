package dev.tutti.protocol;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** Commands that every room type knows: what is done about changes that have happened. */
public sealed interface ChangeCommand {
  /**
   * Take back what an event changed.
   *
   * @param seq of the event; that of an undo's own event does it again
   */
  @JsonTypeName("change.undo")
  record Undo(long seq) implements ChangeCommand {
    public Undo {
      if (seq < 1) {
        throw Args.invalid("seq", "\"seq\" is the number of an event: 1 or more.");
      }
    }
  }
}
