package dev.tutti.redis;

import dev.tutti.protocol.RoomName;
import dev.tutti.relay.InstanceId;
import java.util.concurrent.atomic.AtomicLong;

/** Who this instance is in Redis. Safe on any thread. */
record Identity(InstanceId self, Seal seal, AtomicLong number, String prefix, RelayCounts counts) {

  static Identity of(byte[] secret) {
    Seal seal = new Seal(secret);
    return new Identity(
        InstanceId.random(),
        seal,
        new AtomicLong(),
        "tutti:" + seal.fleet() + ":",
        new RelayCounts());
  }

  String channel(RoomName room) {
    return prefix + room.value();
  }

  /**
   * A channel that nobody else listens to. No room is called like this: its type has no digits
   * first.
   */
  String probeChannel() {
    return prefix + "0probe:" + self.value();
  }

  /** A message of this instance; one sealed later has a higher number. */
  byte[] seal(String channel, byte[] body) {
    return seal.seal(channel, self, number.incrementAndGet(), body);
  }

  boolean hasSealed(String channel, byte[] message) {
    return Seal.read(message)
        .filter(claimed -> claimed.from().equals(self) && seal.proves(channel, claimed))
        .isPresent();
  }
}
