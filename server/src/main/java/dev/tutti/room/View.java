package dev.tutti.room;

/** What somebody gets who reads a room once. */
public sealed interface View {
  /**
   * The room as it is confirmed on this instance.
   *
   * @param id in the journal; 0 where nothing was ever appended
   * @param subscribed the {@code subscribed} message, encoded
   */
  record Seen(long id, String epoch, long seq, byte[] subscribed) implements View {}

  /** The reader's role does not allow it, or the room cannot be loaded. */
  record Hidden(Outcome.Refused refusal) implements View {}
}
