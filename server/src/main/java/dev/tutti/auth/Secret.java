package dev.tutti.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that tokens are signed with. Never printed: {@link #toString} hides it, and only this
 * package can read it.
 */
public final class Secret {
  /** HS256 needs a key at least as long as its hash (RFC 7518, section 3.2). */
  public static final int MIN_BYTES = 32;

  private static final int MIN_DISTINCT_BYTES = 8;
  private static final int GENERATED_CHARS = 43;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final byte[] key;

  private Secret(byte[] key) {
    this.key = key;
  }

  /**
   * The secret written as {@code text}: its UTF-8 bytes, without white space around it.
   *
   * @throws IllegalArgumentException with a sentence when it is too short or too plain
   */
  public static Secret of(String text) {
    byte[] key = text.strip().getBytes(StandardCharsets.UTF_8);
    if (key.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "it has " + key.length + " bytes and must have at least " + MIN_BYTES);
    }
    if (distinct(key) < MIN_DISTINCT_BYTES) {
      throw new IllegalArgumentException("it repeats a few characters and must be random");
    }
    return new Secret(key);
  }

  /** Text for a new secret: 43 characters, 258 bits. */
  static String generate(RandomGenerator random) {
    StringBuilder text = new StringBuilder(GENERATED_CHARS);
    for (int i = 0; i < GENERATED_CHARS; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** Another secret made from this one, so that one file serves purposes that must not mix. */
  Secret derive(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return new Secret(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HmacSHA256.", e);
    }
  }

  byte[] key() {
    return key;
  }

  private static long distinct(byte[] key) {
    return new String(key, StandardCharsets.ISO_8859_1).chars().distinct().count();
  }

  @Override
  public String toString() {
    return "Secret(hidden)";
  }
}
