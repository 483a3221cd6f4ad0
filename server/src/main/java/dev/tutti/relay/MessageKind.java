package dev.tutti.relay;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of message, each with its byte on the wire. A byte is never used for another kind. */
enum MessageKind {
  EVENTS(1, RelayMessage.Events.class),
  HEAD(2, RelayMessage.Head.class),
  MEMBERS(3, RelayMessage.Members.class),
  WHO_IS_THERE(4, RelayMessage.WhoIsThere.class),
  SIGNALS(5, RelayMessage.Signals.class),
  ASKS_FOR_TURN(6, RelayMessage.AsksForTurn.class),
  TURN(7, RelayMessage.Turn.class);

  private final int code;
  private final Class<? extends RelayMessage> type;

  MessageKind(int code, Class<? extends RelayMessage> type) {
    this.code = code;
    this.type = type;
  }

  int code() {
    return code;
  }

  Class<? extends RelayMessage> type() {
    return type;
  }

  static MessageKind of(RelayMessage message) {
    return Arrays.stream(values())
        .filter(kind -> kind.type == message.getClass())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No kind for " + message.getClass()));
  }

  /** Empty for a kind that only newer instances know. */
  static Optional<MessageKind> of(int code) {
    return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
  }
}
