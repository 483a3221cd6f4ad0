package dev.tutti.room;

import dev.tutti.relay.InstanceId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long the turn of another instance is waited for before it is taken to be over. At first it is
 * so many times as long as our own appends take. An instance that did not append in its turn, but
 * asks again, is alive and slower than that: it is waited for twice as long, and twice again, and
 * from then on as it has turned out to need, so that a slow one gets its turn as often as the
 * others. One that has let the longest wait pass is not waited for any longer than others for a
 * while. Owned by the room's thread.
 */
final class Patience {
  private static final int APPENDS = 6;
  private static final int MIN_MILLIS = 250;
  private static final int MAX_MILLIS = 1_500;

  /** For one that is slow: less than anybody waits for a turn at all. */
  private static final int MAX_SLOW_MILLIS = 2_000;

  /** How long nobody waits longer for one that has let {@link #MAX_SLOW_MILLIS} pass. */
  private static final int REST_MILLIS = 10_000;

  /** Instances that are known to be slow; of more the first is forgotten. */
  private static final int MAX_SLOW = 64;

  /**
   * What a slow instance needs.
   *
   * @param restsMillis until when that is not granted
   */
  private record Need(long millis, long restsMillis) {}

  private final Map<InstanceId, Need> slow = new LinkedHashMap<>();

  /** How long our appends take, smoothed. */
  private double appendMillis;

  /** An append of ours has taken so long. */
  void appended(long tookMillis) {
    long took = Math.clamp(tookMillis, 0, MAX_MILLIS);
    appendMillis = Math.max(took, 0.8 * appendMillis + 0.2 * took);
  }

  /** For an instance of which nothing else is known. */
  int millis() {
    return Math.clamp(Math.round(APPENDS * appendMillis), MIN_MILLIS, MAX_MILLIS);
  }

  /** For this one. */
  int millis(InstanceId of, long nowMillis) {
    Need need = slow.get(of);
    return need == null || nowMillis < need.restsMillis()
        ? millis()
        : (int) Math.max(millis(), need.millis());
  }

  /**
   * It has not appended in its turn.
   *
   * @return whether it is to have another, and a longer one, without having to ask again: one that
   *     is behind what the others say would come to that too late
   */
  boolean missed(InstanceId by, long nowMillis) {
    Need need = slow.get(by);
    if (need != null && nowMillis < need.restsMillis()) {
      return false;
    }
    int granted = millis(by, nowMillis);
    boolean again = granted < MAX_SLOW_MILLIS;
    slow.put(
        by,
        again
            ? new Need(Math.min(2L * granted, MAX_SLOW_MILLIS), 0)
            : new Need(0, nowMillis + REST_MILLIS));
    if (slow.size() > MAX_SLOW) {
      slow.remove(slow.keySet().iterator().next());
    }
    return again;
  }

  /** It has appended, so long after the turn was given to it. */
  void kept(InstanceId by, long tookMillis) {
    long needs = 2 * Math.max(0, tookMillis);
    if (needs <= millis()) {
      slow.remove(by);
    } else if (slow.containsKey(by)) {
      slow.put(by, new Need(Math.min(needs, MAX_SLOW_MILLIS), 0));
    }
  }
}
