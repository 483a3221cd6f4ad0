package dev.tutti.rules.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Positions as text: a rank is the digits of a fraction between 0 and 1 in base 62, without the
 * leading "0.". Ranks are compared as plain text, by code unit, so that Java's {@code compareTo}
 * and JavaScript's {@code <} agree; there is always room for another one between two.
 *
 * <p>No rank ends in the lowest digit: between {@code a} and {@code a0} nothing would fit. Going on
 * at either end counts in steps, so that ranks there stay short for 100,000 steps; only insertions
 * between two neighbours make them longer, by a digit for about six at the same place.
 */
final class Rank {
  /** Beyond this length, in characters, everything that is ordered together gets new ranks. */
  static final int MAX_CHARS = 24;

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int BASE = DIGITS.length();

  /** Digits of a rank that is counted rather than halved. */
  private static final int STEP_CHARS = 3;

  private static final int STEPS = BASE * BASE * BASE;

  private Rank() {}

  /**
   * A rank strictly between two others.
   *
   * @param low absent: lower than {@code high} by a step
   * @param high absent: higher than {@code low} by a step
   * @throws IllegalArgumentException unless {@code low} is lower than {@code high}
   */
  static String between(@Nullable String low, @Nullable String high) {
    if (low == null && high == null) {
      return counted(STEPS / 2);
    }
    if (low != null && high != null) {
      if (low.compareTo(high) >= 0) {
        throw new IllegalArgumentException(low + " is not lower than " + high);
      }
      return halved(low, high);
    }
    if (low != null) {
      int next = count(low) + 1;
      return next < STEPS ? counted(next) : halved(low, null);
    }
    String first = Objects.requireNonNull(high);
    int previous = first.length() > STEP_CHARS ? count(first) : count(first) - 1;
    return previous > 0 ? counted(previous) : halved("", first);
  }

  /** Ranks for so many things, ascending, with room between them and at both ends. */
  static List<String> spread(int size) {
    int room = STEPS / 2;
    if (size >= room) {
      throw new IllegalArgumentException("Cannot order " + size + " things.");
    }
    List<String> ranks = new ArrayList<>(size);
    for (int i = 1; i <= size; i++) {
      ranks.add(counted(STEPS / 4 + (int) ((long) i * room / (size + 1))));
    }
    return ranks;
  }

  /** The leading digits as a number of steps; what follows them is cut off. */
  private static int count(String rank) {
    int count = 0;
    for (int i = 0; i < STEP_CHARS; i++) {
      count = count * BASE + digit(rank, i);
    }
    return count;
  }

  private static String counted(int count) {
    int rest = count;
    char[] digits = new char[STEP_CHARS];
    for (int i = STEP_CHARS - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt(rest % BASE);
      rest /= BASE;
    }
    int length = STEP_CHARS;
    while (digits[length - 1] == DIGITS.charAt(0)) {
      length--;
    }
    return new String(digits, 0, length);
  }

  /** About half way between; {@code high} absent means 1. */
  private static String halved(String low, @Nullable String high) {
    StringBuilder digits = new StringBuilder();
    String bound = high;
    for (int i = 0; ; i++) {
      int lower = digit(low, i);
      int upper = bound == null ? BASE : digit(bound, i);
      if (upper - lower > 1) {
        return digits.append(DIGITS.charAt((lower + upper) / 2)).toString();
      }
      if (upper - lower == 1) {
        if (bound != null && bound.length() > i + 1) {
          return digits.append(DIGITS.charAt(upper)).toString();
        }
        // Everything that starts with the lower digit is below the bound now.
        bound = null;
      }
      digits.append(DIGITS.charAt(lower));
    }
  }

  private static int digit(String rank, int index) {
    return index < rank.length() ? DIGITS.indexOf(rank.charAt(index)) : 0;
  }
}
