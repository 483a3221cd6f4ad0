package dev.tutti.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why something was refused. The one table of refusal codes, with the HTTP status of each. */
public enum Code {
  /** Not a JSON (or CBOR) object of this protocol. */
  MALFORMED(400),
  /** A message {@code type} this server does not know. */
  UNKNOWN_TYPE(400),
  /** No rules are installed for this room's type, or the room does not exist where it must. */
  UNKNOWN_ROOM(404),
  /** The room's rules have no command of this name. */
  UNKNOWN_COMMAND(400),
  /** An argument is missing or wrong; {@code details.path} names it. */
  INVALID(422),
  /** The sender's role does not allow this. */
  FORBIDDEN(403),
  /** The command names something that is not in the document. */
  NOT_FOUND(404),
  /** The document is not what {@code expect} said; {@code details.current} holds what it is. */
  STALE(409),
  /** The key was used before in this room, for a different command. */
  KEY_REUSED(409),
  /** A business rule said no; the message is the rule's own sentence. */
  RULE(409),
  /** A message, document, patch or text is over its limit. */
  TOO_LARGE(413),
  /** A rate or queue is full; {@code details.retryAfterMillis} says when to try again. */
  TOO_FAST(429),
  /** The rules of the room failed at this command, which did not happen. */
  INTERNAL(500),
  /** Not known to be stored; safe to send again with the same key. */
  UNAVAILABLE(503);

  private final String wire = name().toLowerCase(Locale.ROOT);
  private final int httpStatus;

  Code(int httpStatus) {
    this.httpStatus = httpStatus;
  }

  /** The code as it is written in messages, for example {@code key_reused}. */
  @JsonValue
  public String wire() {
    return wire;
  }

  /** The HTTP status that goes with this code in an RFC 9457 problem document. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The code written as {@code wire}. */
  @JsonCreator
  public static Code of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
