package dev.tutti.room;

import dev.tutti.rules.Change;
import dev.tutti.rules.CreationRules;
import dev.tutti.rules.Decision;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The server's own command, which changes nothing and moves a room's head. An append of unknown
 * outcome may still come for as long as the head stands where it was decided; behind this one it
 * cannot, and what it was for can be refused for good.
 */
record Settling() {
  private static final String EVENT = CreationRules.PREFIX + "settled";

  static Proposal proposal(RandomGenerator random) {
    var key = new UUID(random.nextLong(), random.nextLong());
    return new Proposal(key, 0, new Settling(), Optional.empty(), null, Claim.SERVER);
  }

  Decision decision() {
    return new Decision.Accepted(EVENT, Change.none());
  }
}
