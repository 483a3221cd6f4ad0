package dev.tutti.client;

import java.security.SecureRandom;
import java.util.UUID;

/** UUIDs of version 7 (RFC 9562): keys made later sort later. Any thread. */
final class Uuid7 {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Uuid7() {}

  static UUID next() {
    long high = System.currentTimeMillis() << 16 | 0x7000 | RANDOM.nextInt(0x1000);
    long low = RANDOM.nextLong() >>> 2 | Long.MIN_VALUE;
    return new UUID(high, low);
  }
}
