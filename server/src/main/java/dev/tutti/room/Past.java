package dev.tutti.room;

import dev.tutti.rules.Reversal;
import java.util.Optional;

/** What is known of a room's last events while a command is decided. */
interface Past {
  /** The last event before the command. */
  long head();

  /** The way back from an event; empty when it is too old. */
  Optional<Reversal> reversal(long seq);
}
