package dev.tutti.protocol.chat;

import dev.tutti.protocol.Args;

/** What passes for an emoji: signs that Unicode calls so, with what may stand between them. */
final class Emoji {
  /** Behind a digit, it makes a key of it, and of the digit an emoji. */
  private static final int KEYCAP = 0x20E3;

  private static final int LAST_ASCII = 0x7F;

  private Emoji() {}

  /** Refuses everything else. */
  static void check(String value, String field) {
    Args.line(value, ChatLimits.MAX_EMOJI_CHARS, field);
    boolean signs =
        value.codePoints().allMatch(c -> Character.isEmoji(c) || Character.isEmojiComponent(c));
    boolean picture = value.codePoints().anyMatch(c -> c > LAST_ASCII && Character.isEmoji(c));
    if (!signs || !(picture || value.indexOf(KEYCAP) > 0)) {
      throw Args.invalid(field, "\"" + field + "\" must be an emoji.");
    }
  }
}
