package dev.tutti.world;

import dev.tutti.protocol.Limits;
import dev.tutti.room.RoomSettings;
import dev.tutti.rules.Retention;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How a world is set up: the settings of its rooms, and who provides the ports.
 *
 * @param retention of tallies
 * @param faults the usual ones; tests that plant a bug give others
 */
record Setup(RoomSettings settings, Retention retention, Faults faults) {
  private static final Limits LIMITS = Limits.DEFAULTS;

  /** As a server is set up, but that rooms are let go soon. */
  static Setup usual() {
    return new Setup(
        settings(LIMITS.maxRoomQueue(), 100, 500, 1_000, 10_000),
        Retention.EVERYTHING,
        Faults.USUAL);
  }

  /** Small limits, so that a short run comes to all of them. */
  static Setup any(RandomGenerator random, Faults faults) {
    int maxRoomQueue = random.nextInt(4) == 0 ? 3 : 1_000;
    int maxCatchUp = 1 + random.nextInt(12);
    int snapshotEvery = 1 + random.nextInt(20);
    int idleMillis = 1 + random.nextInt(400);
    int patienceMillis = random.nextInt(3) == 0 ? 100 : 5_000;
    // Of numbers that are there already, so that a seed means what it meant.
    Retention retention =
        idleMillis % 3 == 0
            ? Retention.EVERYTHING
            : new Retention(idleMillis % 5, Duration.ofMillis(110 + idleMillis / 2));
    return new Setup(
        settings(maxRoomQueue, maxCatchUp, snapshotEvery, idleMillis, patienceMillis),
        retention,
        faults);
  }

  private static RoomSettings settings(
      int maxRoomQueue, int maxCatchUp, int snapshotEvery, int idleMillis, int patienceMillis) {
    Limits limits =
        new Limits(
            LIMITS.maxMessageBytes(),
            LIMITS.maxFragments(),
            LIMITS.maxDepth(),
            LIMITS.maxPatchBytes(),
            LIMITS.maxDocumentBytes(),
            LIMITS.maxSubscriptions(),
            LIMITS.maxInFlight(),
            maxRoomQueue,
            LIMITS.maxMessagesPerSecond(),
            LIMITS.maxBurst(),
            LIMITS.maxPresenceBytes(),
            LIMITS.maxSignalBytes(),
            LIMITS.maxHistory(),
            maxCatchUp,
            LIMITS.maxMembers(),
            LIMITS.helloTimeoutMillis(),
            LIMITS.pingMillis());
    return new RoomSettings(limits, 100, 1_000, idleMillis, snapshotEvery, patienceMillis, 10, 33);
  }
}
