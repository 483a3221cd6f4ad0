package dev.tutti.protocol;

import java.util.Locale;

/**
 * Every limit of the protocol in one table, with its unit and its default. They are settings of the
 * server; going over one has a code ({@link Code}) or a close code ({@link CloseCode}).
 *
 * @param maxMessageBytes one client message; over it the connection closes with 1009
 * @param maxFragments frames that one fragmented message may have; over it 1009
 * @param maxDepth nesting of JSON or CBOR; over it {@code malformed}
 * @param maxPatchBytes one event with its patch; over it {@code too_large}
 * @param maxDocumentBytes a room's document as JSON; over it {@code too_large}
 * @param maxSubscriptions rooms that one connection may hold; over it {@code too_fast}
 * @param maxInFlight commands of one connection that are not answered yet; over it {@code too_fast}
 * @param maxRoomQueue commands that wait in one room; over it {@code too_fast}
 * @param maxMessagesPerSecond sustained messages of one connection; over it {@code too_fast}
 * @param maxBurst messages that one connection may send at once above that rate
 * @param maxPresenceBytes one member's presence state; over it {@code too_large}
 * @param maxSignalBytes one signal's data; over it {@code too_large}
 * @param maxHistory events of one {@code history} page
 * @param maxCatchUpEvents events replayed to a reader that is behind; beyond it a {@code reset}
 * @param maxMembers members of a room that are listed one by one
 * @param helloTimeoutMillis how long a connection may stay without {@code hello}; then 4408
 * @param pingMillis the longest silence of the server
 */
public record Limits(
    int maxMessageBytes,
    int maxFragments,
    int maxDepth,
    int maxPatchBytes,
    int maxDocumentBytes,
    int maxSubscriptions,
    int maxInFlight,
    int maxRoomQueue,
    int maxMessagesPerSecond,
    int maxBurst,
    int maxPresenceBytes,
    int maxSignalBytes,
    int maxHistory,
    int maxCatchUpEvents,
    int maxMembers,
    int helloTimeoutMillis,
    int pingMillis) {

  /** Safe for the open internet. */
  public static final Limits DEFAULTS =
      new Limits(
          64 * 1024,
          64,
          32,
          256 * 1024,
          8 * 1024 * 1024,
          64,
          256,
          10_000,
          200,
          400,
          4 * 1024,
          4 * 1024,
          200,
          500,
          200,
          10_000,
          25_000);

  /** What a client is told of the limits, in {@code welcome}. */
  public record Client(
      int maxMessageBytes,
      int maxInFlight,
      int maxSubscriptions,
      int maxHistory,
      int maxMessagesPerSecond,
      int maxBurst) {}

  /** An amount as sentences have it, the same for everybody: {@code 4,096 bytes}. */
  public static String bytes(long amount) {
    return String.format(Locale.ROOT, "%,d bytes", amount);
  }

  /** The part of the table that a client can act on. */
  public Client forClient() {
    return new Client(
        maxMessageBytes, maxInFlight, maxSubscriptions, maxHistory, maxMessagesPerSecond, maxBurst);
  }
}
