package dev.tutti.protocol.chat;

/**
 * The limits of a chat. Texts are in UTF-16 characters and refused as {@code invalid}; counts are
 * refused as {@code rule}, with a sentence that names them.
 */
public final class ChatLimits {
  /** The title and the topic of a room. */
  public static final int MAX_TITLE_CHARS = 500;

  public static final int MAX_TEXT_CHARS = 4_000;

  /** One emoji as it is written, with its modifiers. */
  public static final int MAX_EMOJI_CHARS = 24;

  /** Messages that the document keeps beside the pinned ones; older ones are in the history. */
  public static final int MAX_KEPT = 300;

  /** Messages that are pinned in one room; the document keeps them, however old. */
  public static final int MAX_PINNED = 20;

  /** Different emoji at one message. */
  public static final int MAX_EMOJI = 20;

  /** Reactions at one message, everyone's and with all emoji. */
  public static final int MAX_REACTIONS = 500;

  /** People whom one message mentions; further ones are text. */
  public static final int MAX_MENTIONS = 20;

  /**
   * People whose names and read positions a room remembers. Of more, it forgets who has read least.
   */
  public static final int MAX_PEOPLE = 5_000;

  public static final int MAX_MUTED = 1_000;

  /** Tombstones of messages that the document does not keep: the latest of them. */
  public static final int MAX_REMOVED = 100;

  /** How long a message may be edited by whoever wrote it. */
  public static final int EDIT_MINUTES = 15;

  /** The longest time between two messages of one person that slow mode may ask for. */
  public static final int MAX_SLOW_SECONDS = 3_600;

  /** How long somebody may be muted for: a year. Without a time it is for good. */
  public static final int MAX_MUTE_MINUTES = 525_600;

  /** The time between two read positions of one person that are written down. */
  public static final int READ_PACE_MILLIS = 1_000;

  private ChatLimits() {}
}
