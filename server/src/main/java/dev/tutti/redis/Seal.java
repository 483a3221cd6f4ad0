package dev.tutti.redis;

import dev.tutti.relay.InstanceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that a message is from an instance of this fleet, and of the channel it came by: whoever
 * can write into Redis cannot make events. Safe on any thread.
 *
 * <pre>
 *   version (1 byte), HMAC-SHA-256 cut to 16 bytes, instance (16), number (8), body
 * </pre>
 *
 * <p>The HMAC is over the channel's name, a zero, and all that follows it.
 */
final class Seal {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte VERSION = 1;
  private static final int MAC_BYTES = 16;
  private static final int SIGNED_FROM = 1 + MAC_BYTES;
  private static final int NAME_BYTES = 4;

  /** What a seal adds to a body. */
  static final int BYTES = SIGNED_FROM + 2 * Long.BYTES + Long.BYTES;

  private final Mac keyed;

  Seal(byte[] secret) {
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM has no " + ALGORITHM, e);
    }
  }

  /** A name for the fleet that tells nothing of the secret: fleets may share a Redis. */
  String fleet() {
    byte[] mac = mac("fleet", new byte[0], 0);
    return HexFormat.of().formatHex(mac, 0, NAME_BYTES);
  }

  byte[] seal(String channel, InstanceId from, long number, byte[] body) {
    byte[] message = new byte[BYTES + body.length];
    ByteBuffer.wrap(message)
        .put(VERSION)
        .position(SIGNED_FROM)
        .putLong(from.value().getMostSignificantBits())
        .putLong(from.value().getLeastSignificantBits())
        .putLong(number)
        .put(body);
    System.arraycopy(mac(channel, message, SIGNED_FROM), 0, message, 1, MAC_BYTES);
    return message;
  }

  /**
   * A message as it claims to be.
   *
   * @param body where it begins in the bytes
   */
  record Claimed(byte[] bytes, InstanceId from, long number, int body) {
    ByteBuffer content() {
      return ByteBuffer.wrap(bytes, body, bytes.length - body);
    }
  }

  /** Reads the head of any bytes; proves nothing. Empty where there is none. */
  static Optional<Claimed> read(byte[] message) {
    if (message.length < BYTES || message[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(message).position(SIGNED_FROM);
    InstanceId from = new InstanceId(new UUID(in.getLong(), in.getLong()));
    return Optional.of(new Claimed(message, from, in.getLong(), in.position()));
  }

  /** Whether a claim is true, of this channel. */
  boolean proves(String channel, Claimed claimed) {
    byte[] mac = mac(channel, claimed.bytes(), SIGNED_FROM);
    return MessageDigest.isEqual(
        Arrays.copyOf(mac, MAC_BYTES), Arrays.copyOfRange(claimed.bytes(), 1, SIGNED_FROM));
  }

  private byte[] mac(String channel, byte[] message, int from) {
    try {
      Mac mac = (Mac) keyed.clone();
      mac.update(channel.getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) 0);
      mac.update(message, from, message.length - from);
      return mac.doFinal();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The JVM's " + ALGORITHM + " cannot be cloned", e);
    }
  }
}
