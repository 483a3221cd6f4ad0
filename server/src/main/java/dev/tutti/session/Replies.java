package dev.tutti.session;

import dev.tutti.fanout.LoopFanout;
import dev.tutti.protocol.Code;
import dev.tutti.protocol.InvalidMessage;
import dev.tutti.protocol.RoomName;
import dev.tutti.protocol.ServerMessage;
import dev.tutti.room.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one session says to its client alone. On the connection's loop. */
final class Replies {
  static final String OVERRUN = "Messages come faster than this server takes them.";

  private final Connection connection;
  private final LoopFanout fanout;
  private final SessionCounts counts;
  private boolean ended;

  Replies(Connection connection, LoopFanout fanout, SessionCounts counts) {
    this.connection = connection;
    this.fanout = fanout;
    this.counts = counts;
  }

  /** Nobody listens any longer. */
  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  void write(ServerMessage message) {
    if (!ended) {
      if (message instanceof ServerMessage.Refused refusal) {
        counts.refused().increment(refusal.code());
      }
      connection.write(message);
      fanout.touch(connection);
    }
  }

  /** Tells of acceptances that waited for their events. */
  void release(RoomName room, Subscription subscription) {
    subscription.release(
        Long.MAX_VALUE, held -> write(new ServerMessage.Accepted(held.id(), room, held.seq())));
  }

  void refuse(@Nullable Long request, Code code, String sentence) {
    write(new ServerMessage.Refused(request, code, sentence, null));
  }

  void refuse(@Nullable Long request, Outcome.Refused refusal) {
    write(refused(request, refusal));
  }

  void refuse(InvalidMessage invalid) {
    write(refused(invalid));
  }

  /** Refuses what came too fast. */
  void tooFast(@Nullable Long request, long retryAfterMillis) {
    write(refused(request, tooFast(retryAfterMillis)));
  }

  /** The refusal of what came too fast. */
  static Outcome.Refused tooFast(long retryAfterMillis) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("retryAfterMillis", retryAfterMillis);
    return new Outcome.Refused(Code.TOO_FAST, OVERRUN, Optional.of(details));
  }

  /** A room's refusal on the wire. */
  static ServerMessage.Refused refused(@Nullable Long request, Outcome.Refused refusal) {
    return new ServerMessage.Refused(
        request, refusal.code(), refusal.sentence(), refusal.details().orElse(null));
  }

  /** The refusal of a message that is no message. */
  static ServerMessage.Refused refused(InvalidMessage invalid) {
    ObjectNode details =
        invalid
            .path()
            .map(path -> JsonNodeFactory.instance.objectNode().put("path", path))
            .orElse(null);
    return new ServerMessage.Refused(
        invalid.id().orElse(null), invalid.code(), invalid.sentence(), details);
  }
}
