package dev.tutti.room;

import dev.tutti.fanout.LoopFanout;
import dev.tutti.fanout.Reader;
import dev.tutti.protocol.Codec;
import dev.tutti.protocol.Role;

/**
 * One subscription, as it asks to join a room.
 *
 * @param id of the {@code subscribe} message
 * @param session the connection's id, and the member's
 * @param shown whether others see this member; a reader of server-sent events is not shown
 * @param epoch under which the client holds {@code after}; empty when it holds nothing
 */
public record Member(
    long id,
    String session,
    Claim claim,
    boolean shown,
    String epoch,
    long after,
    Reader reader,
    LoopFanout loop,
    Codec codec,
    Seat seat) {

  /** This member with other claims. */
  Member with(Claim other) {
    return new Member(id, session, other, shown, epoch, after, reader, loop, codec, seat);
  }

  /** What a member's session is told, on its own event loop. */
  public interface Seat {
    /** The subscription was refused. */
    void refused(Outcome.Refused refusal);

    /** The role has changed to one that still may read. */
    void role(Role role);

    /** The subscription has ended because access was withdrawn. */
    void removed(String sentence);
  }
}
