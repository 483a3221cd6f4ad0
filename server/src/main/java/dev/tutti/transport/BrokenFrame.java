package dev.tutti.transport;

import dev.tutti.protocol.CloseCode;

/**
 * Bytes that end a WebSocket, with the close code and the sentence that its peer gets. Without a
 * stack trace, because a hostile client must not be able to make us fill one per frame.
 */
final class BrokenFrame extends Exception {
  private static final long serialVersionUID = 1L;

  private final CloseCode code;
  private final String sentence;

  BrokenFrame(CloseCode code, String sentence) {
    super(sentence, null, false, false);
    this.code = code;
    this.sentence = sentence;
  }

  CloseCode code() {
    return code;
  }

  /** Short enough for a close frame, which holds 123 bytes. */
  String sentence() {
    return sentence;
  }
}
