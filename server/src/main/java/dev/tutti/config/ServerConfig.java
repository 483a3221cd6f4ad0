package dev.tutti.config;

import dev.tutti.protocol.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything the server is told, concluded and validated once. Holds secrets, prints none. */
public record ServerConfig(
    Network network,
    Access access,
    Storage storage,
    Optional<RedisTarget> redis,
    Rooms rooms,
    Limits limits,
    Monitoring monitoring,
    Logs logs) {

  /** What came of reading the settings. */
  public sealed interface Conclusion {
    /** They are good. */
    record Concluded(ServerConfig config) implements Conclusion {}

    /** They are not: every problem, each a sentence. */
    record Refused(List<String> problems) implements Conclusion {}
  }

  /** Reads all settings, and says all that is wrong with them. Reads the files that they name. */
  public static Conclusion conclude(Given given) {
    Reading reading = new Reading(given);
    Network network = Network.read(reading);
    ServerConfig config =
        new ServerConfig(
            network,
            Access.read(reading, network.host()),
            Storage.read(reading),
            RedisTarget.read(reading),
            Rooms.read(reading),
            limits(reading),
            Monitoring.read(reading),
            Logs.read(reading));
    List<String> problems = reading.problems();
    return problems.isEmpty() ? new Conclusion.Concluded(config) : new Conclusion.Refused(problems);
  }

  /** The configuration of a server that was told nothing. */
  public static ServerConfig defaults() {
    return switch (conclude(new Given(Map.of(), Map.of()))) {
      case Conclusion.Concluded(ServerConfig config) -> config;
      case Conclusion.Refused(List<String> problems) ->
          throw new IllegalStateException("The defaults are refused: " + problems);
    };
  }

  private static Limits limits(Reading reading) {
    Limits limits =
        new Limits(
            reading.number(Setting.MAX_MESSAGE_BYTES),
            reading.number(Setting.MAX_FRAGMENTS),
            reading.number(Setting.MAX_DEPTH),
            reading.number(Setting.MAX_PATCH_BYTES),
            reading.number(Setting.MAX_DOCUMENT_BYTES),
            reading.number(Setting.MAX_SUBSCRIPTIONS),
            reading.number(Setting.MAX_IN_FLIGHT),
            reading.number(Setting.MAX_ROOM_QUEUE),
            reading.number(Setting.MAX_MESSAGES_PER_SECOND),
            reading.number(Setting.MAX_BURST),
            reading.number(Setting.MAX_PRESENCE_BYTES),
            reading.number(Setting.MAX_SIGNAL_BYTES),
            reading.number(Setting.MAX_HISTORY),
            reading.number(Setting.MAX_CATCH_UP_EVENTS),
            reading.number(Setting.MAX_MEMBERS),
            reading.number(Setting.HELLO_TIMEOUT_MILLIS),
            reading.number(Setting.PING_MILLIS));
    if (limits.maxPatchBytes() > limits.maxDocumentBytes()) {
      reading.problem("--max-patch-bytes is over --max-document-bytes; no such patch would fit.");
    }
    if (Math.max(limits.maxPresenceBytes(), limits.maxSignalBytes()) > limits.maxMessageBytes()) {
      reading.problem(
          "--max-presence-bytes and --max-signal-bytes must be within --max-message-bytes.");
    }
    return limits;
  }
}
