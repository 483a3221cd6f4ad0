package dev.tutti.room;

import dev.tutti.journal.Journal;
import dev.tutti.journal.Journal.KnownKey;
import dev.tutti.protocol.RoomName;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where a room stands in the journal before some of its commands are refused.
 *
 * @param room its id; 0 while it is not there
 * @param head its last event; 0 while there is none
 * @param traces of the commands asked for
 */
record Standing(long room, long head, Traces traces) {
  private static final Standing NOWHERE = new Standing(0, 0, Traces.NONE);

  /**
   * Looks up a room. Fails with a {@code JournalException} when the journal cannot be read.
   *
   * @param id the room's, 0 if not known: it may be there all the same, because the relay may have
   *     brought events of it already
   */
  static CompletableFuture<Standing> of(
      Journal journal, RoomName name, long id, List<Pending> commands) {
    if (id != 0) {
      return of(journal, id, commands);
    }
    return journal
        .find(name)
        .thenCompose(room ->
            room.isEmpty()
                ? CompletableFuture.completedFuture(NOWHERE)
                : of(journal, room.get().id(), commands));
  }

  /** How far the room is at least: a key may have been added after the head was read. */
  long reach() {
    return traces.known().values().stream().mapToLong(KnownKey::seq).reduce(head, Math::max);
  }

  private static CompletableFuture<Standing> of(Journal journal, long id, List<Pending> commands) {
    return journal
        .heads(List.of(id))
        .thenCombine(
            Traces.of(journal, id, commands),
            (heads, traces) -> new Standing(id, heads.getOrDefault(id, 0L), traces));
  }
}
