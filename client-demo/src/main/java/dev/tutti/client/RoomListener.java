package dev.tutti.client;

import dev.tutti.protocol.Event;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hears of one room. All methods are called on the connection's thread, in the order in which
 * things happened. While one of them works nothing more is read from the server, which then sends a
 * shorter way instead of everything; so a slow listener costs nobody memory.
 */
public interface RoomListener {
  /** Why a document looks different. */
  enum Cause {
    /** My own prediction. */
    LOCAL,
    /** Events that happened. */
    EVENT,
    /** A command was refused, and its prediction taken back. */
    REFUSED,
    /** The document came whole: at the beginning, after a long absence, in another epoch. */
    RESET
  }

  /** The document may look different; {@link Room#document} has it. */
  default void changed(Cause cause) {}

  /** An event has happened, also one of mine; each once, in order. Not those before a reset. */
  default void happened(Event event) {}

  /** A command of mine was refused. */
  default void refused(Order order, Refusal refusal) {}

  /** Who is here, by session. */
  default void members(Map<String, Member> members) {}

  /** Somebody said something in passing; myself too. */
  default void signal(String session, String topic, ObjectNode data) {}

  /** My role is another: {@code viewer}, {@code editor}, {@code owner}. */
  default void role(String role) {}

  /** The room cannot be had (any more). */
  default void closed(Refusal refusal) {}
}
