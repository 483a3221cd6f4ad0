package dev.tutti.room;

import dev.tutti.protocol.Code;
import java.time.Duration;

/** What senders are told when the rules of a room did not cope with their command. */
final class Failed {
  private Failed() {}

  static Outcome.Refused atThis() {
    return internal("The rules of this room failed at this command; nothing was changed.");
  }

  static Outcome.Refused overBudget(Duration budget) {
    return internal(
        "The rules of this room took over "
            + budget.toMillis()
            + " ms for this command; nothing was changed.");
  }

  static Outcome.Refused stuck(String type) {
    return internal(
        "Rooms of type "
            + type
            + " take no commands at present: their rules do not come to an end.");
  }

  private static Outcome.Refused internal(String sentence) {
    return new Outcome.Refused(Code.INTERNAL, sentence);
  }
}
