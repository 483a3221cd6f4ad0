package dev.tutti.room;

import dev.tutti.journal.Appended;
import dev.tutti.journal.Batch;
import dev.tutti.journal.Journal;
import java.util.function.Consumer;

/**
 * The way of a round into the journal, in which the room is made before its first event. Owned by
 * the room's thread.
 */
final class Appender {
  private final Journal journal;
  private final Confirmed held;
  private final Hop hop;

  Appender(Journal journal, Confirmed held, Hop hop) {
    this.journal = journal;
    this.held = held;
    this.hop = hop;
  }

  /** Appends; {@code done} is called once, on the room's thread, unless the room is closed. */
  void append(Round round, Consumer<Appended> done) {
    if (held.id() != 0) {
      Batch batch = new Batch(held.epoch(), held.id(), round.after(), round.entries());
      hop.on(journal.append(batch), done, failure -> done.accept(new Appended.Unknown(failure)));
      return;
    }
    hop.on(
        journal.create(held.name()),
        head -> {
          held.found(head.id());
          held.hear(head.head());
          if (held.isBehind()) {
            done.accept(new Appended.Lost());
          } else {
            append(round, done);
          }
        },
        failure -> done.accept(new Appended.Unavailable(failure)));
  }
}
