package dev.tutti.relay;

/**
 * A message as it arrives, on the room's home.
 *
 * @param from who sent it; never this instance itself
 * @param number ascending over all that {@code from} has published: of two messages the one with
 *     the higher number is the later, however they arrive
 */
public record Delivery(InstanceId from, long number, RelayMessage message) {}
