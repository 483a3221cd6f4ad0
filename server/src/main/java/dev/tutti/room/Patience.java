package dev.tutti.room;

import dev.tutti.relay.InstanceId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long the turn of another instance is waited for before it is taken to be over: so many times
 * as long as our own appends take, or as long as it has said that it needs. One that has not
 * appended in its turn gets one more, twice as long, without having to ask; from then on it is
 * waited for again when it has said something. So one that is dead costs little, and one that is
 * slow is waited for as long as it takes. One for which the longest wait was not long enough is not
 * waited for any longer than others for a while. Owned by the room's thread.
 */
final class Patience {
  private static final int APPENDS = 6;
  private static final int MIN_MILLIS = 100;
  private static final int MAX_MILLIS = 1_500;

  /** For one that is slow: less than anybody waits for a turn at all. */
  private static final int MAX_SLOW_MILLIS = 2_000;

  /** How long nobody waits longer for one that has let {@link #MAX_SLOW_MILLIS} pass. */
  private static final int REST_MILLIS = 10_000;

  /** Instances of which something is known; of more the first is forgotten. */
  private static final int MAX_KNOWN = 64;

  /**
   * What an instance needs.
   *
   * @param millis by what it has said
   * @param missed turns, since it has said so or has appended
   * @param restsMillis until when that is not granted
   */
  private record Need(long millis, int missed, long restsMillis) {
    static final Need UNKNOWN = new Need(0, 0, Long.MIN_VALUE);
  }

  private final Map<InstanceId, Need> needs = new LinkedHashMap<>();

  /** How long our appends take, with the decision, smoothed. */
  private double appendMillis;

  /** A round of ours has taken so long. */
  void appended(long tookMillis) {
    long took = Math.clamp(tookMillis, 0, MAX_MILLIS);
    appendMillis = Math.max(took, 0.8 * appendMillis + 0.2 * took);
  }

  /** What our own rounds take. */
  long ownMillis() {
    return Math.round(appendMillis);
  }

  /** For an instance of which nothing else is known. */
  int millis() {
    return Math.clamp(Math.round(APPENDS * appendMillis), MIN_MILLIS, MAX_MILLIS);
  }

  /** For this one. */
  int millis(InstanceId of, long nowMillis) {
    Need need = needs.getOrDefault(of, Need.UNKNOWN);
    return nowMillis < need.restsMillis()
        ? millis()
        : (int) Math.min(Math.max(millis(), need.millis()) << need.missed(), MAX_SLOW_MILLIS);
  }

  /** It asks for a turn, and says what it needs. */
  void asked(InstanceId by, long needsMillis) {
    long rests = needs.getOrDefault(by, Need.UNKNOWN).restsMillis();
    know(by, new Need(Math.min(needsMillis, MAX_SLOW_MILLIS), 0, rests));
  }

  /**
   * It has not appended in its turn.
   *
   * @return whether it is to have another without having to ask again: one that is behind what the
   *     others say would come to that too late
   */
  boolean missed(InstanceId by, long nowMillis) {
    Need need = needs.getOrDefault(by, Need.UNKNOWN);
    if (millis(by, nowMillis) == MAX_SLOW_MILLIS) {
      know(by, new Need(0, 0, nowMillis + REST_MILLIS));
      return false;
    }
    know(by, new Need(need.millis(), 1, need.restsMillis()));
    return need.missed() == 0;
  }

  /** It has appended. */
  void kept(InstanceId by) {
    Need need = needs.getOrDefault(by, Need.UNKNOWN);
    know(by, new Need(need.millis(), 0, need.restsMillis()));
  }

  private void know(InstanceId of, Need need) {
    needs.put(of, need);
    if (needs.size() > MAX_KNOWN) {
      needs.remove(needs.keySet().iterator().next());
    }
  }
}
