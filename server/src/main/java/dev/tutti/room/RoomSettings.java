package dev.tutti.room;

import dev.tutti.protocol.Limits;

/**
 * How rooms behave.
 *
 * @param limits of the protocol
 * @param maxBatch events that one append may hold; what waits beyond it goes into the next
 * @param maxBatchBytes events of one append as JSON; the event that reaches it is the append's last
 * @param idleMillis after which a room without readers and commands is unloaded
 * @param snapshotEvery events between two snapshots
 * @param patienceMillis how long a command, or whoever wants to read, may wait for an unreachable
 *     journal; then {@code unavailable}
 * @param retryMillis the first pause before the journal is asked again; doubles up to 32 times that
 * @param tickMillis how often gathered presence and signals leave
 */
public record RoomSettings(
    Limits limits,
    int maxBatch,
    int maxBatchBytes,
    int idleMillis,
    int snapshotEvery,
    int patienceMillis,
    int retryMillis,
    int tickMillis) {

  /** Settings that suit a server of a few thousand rooms. */
  public static final RoomSettings DEFAULTS =
      new RoomSettings(Limits.DEFAULTS, 1_000, 4 * 1024 * 1024, 60_000, 500, 10_000, 10, 33);
}
