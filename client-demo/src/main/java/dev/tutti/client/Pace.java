package dev.tutti.client;

import tools.jackson.databind.JsonNode;

/**
 * Keeps below the rate that the server allows. One refused there and the next one taken would
 * change their order; so nothing is sent that would be refused. Under the connection's lock.
 */
final class Pace {
  /** Of what is allowed; the rest is for what is on its way, and for the server's other clock. */
  private static final double SHARE = 0.9;

  private double perMilli = 1;
  private double burst = Double.MAX_VALUE;
  private double left = Double.MAX_VALUE;
  private long atMillis;

  void begin(JsonNode limits, long now) {
    perMilli = SHARE * limits.path("maxMessagesPerSecond").asInt(200) / 1_000;
    burst = SHARE * limits.path("maxBurst").asInt(400);
    left = burst;
    atMillis = now;
  }

  void take(long now) {
    refill(now);
    left -= 1;
  }

  /** Milliseconds until the next command may go. */
  long waitMillis(long now) {
    refill(now);
    return left >= 1 ? 0 : (long) Math.ceil((1 - left) / perMilli);
  }

  private void refill(long now) {
    left = Math.min(burst, left + (now - atMillis) * perMilli);
    atMillis = now;
  }
}
