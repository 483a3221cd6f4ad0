package dev.tutti.rules;

import java.time.Instant;
import java.util.UUID;

/**
 * Time and chance for one decision, so that rules need no clock and no random source.
 *
 * @param at the deciding server's time
 * @param key the command's key: unique in the room, and the same when it is decided again
 */
public record Moment(Instant at, UUID key) {

  /**
   * An id for a new entity, made from the key: a client that chose the key can compute it too.
   *
   * @param prefix of the id, for example {@code t}
   */
  public String id(String prefix) {
    long mixed = key.getMostSignificantBits() * 0x9E3779B97F4A7C15L ^ key.getLeastSignificantBits();
    return prefix + Long.toUnsignedString(mixed, 36);
  }
}
